import { html } from '../pages/html.ts';
import { alert, page } from '../pages/layout.ts';
import { admitAttempt, forgetFailures } from '../store/login-failures.ts';
import { verifyPassword } from '../store/passwords.ts';
import { findForLogin } from '../store/users.ts';
import type { LoginStep, StepResult, StepView } from './step.ts';

/** User name and password. */
export const passwordStep: LoginStep = {
  name: 'password',
  amr: 'pwd',
  isNeeded: ({ passed }) => !passed.includes('password'),
  page: passwordPage,
  async submit({ database, realm }, form) {
    const username = (form.get('username') ?? '').trim();
    const password = form.get('password') ?? '';
    if (username === '' || password === '') {
      return { passed: false, statusCode: 400, message: 'Enter your user name and your password.', username };
    }
    const { lockedForSeconds } = await admitAttempt(database, realm, username);
    if (lockedForSeconds > 0) return locked(lockedForSeconds, username);
    const user = await findForLogin(database, username);
    const right = await verifyPassword(password, user?.passwordHash ?? null);
    // One answer for a wrong name, a wrong password and a disabled user: it must not tell which names exist.
    if (!right || user === null || !user.enabled) {
      return {
        passed: false,
        statusCode: 401,
        message: 'The user name or the password is not right.',
        username,
      };
    }
    await forgetFailures(database, username);
    return { passed: true, userId: user.id };
  },
};

function locked(seconds: number, username: string): StepResult {
  const minutes = Math.ceil(seconds / 60);
  const message = `Too many attempts with a wrong password. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
  return { passed: false, statusCode: 429, message, username, retryAfterSeconds: seconds };
}

function passwordPage({ action, message, username }: StepView): string {
  const again = username !== undefined && username !== '';
  return page(
    'Sign in',
    html`${alert(message)}
<form method="post" action="${action}">
<label for="username">User name</label>
<input id="username" name="username" value="${username ?? ''}" autocomplete="username" autocapitalize="none"
  spellcheck="false" maxlength="255" required ${!again && html`autofocus`}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required
  ${again && html`autofocus`}>
<button type="submit">Sign in</button>
</form>`,
  );
}
