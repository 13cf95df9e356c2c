import { Html, html } from './html.ts';
import { page } from './layout.ts';

/**
 * Asks before it signs out, for a request that does not prove where it came from.
 * @param form the protocol library's form (`op.logoutForm`), already HTML
 */
export function logoutPage(form: string): string {
  const content = html`<p>Do you want to sign out of all applications of the bank?</p>
${new Html(form)}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>`;
  return page('Sign out', content);
}
