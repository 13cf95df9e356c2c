import { html } from '../pages/html.ts';
import { alert, page } from '../pages/layout.ts';
import { passwordProblems } from '../realm/password-policy.ts';
import { setPassword } from '../store/users.ts';
import type { LoginStep, StepResult, StepView } from './step.ts';

/** A password of one's own in place of one that somebody else has set. */
export const newPasswordStep: LoginStep = {
  name: 'new-password',
  isNeeded: (_progress, user) => user?.requiredActions.includes('UPDATE_PASSWORD') ?? false,
  page: newPasswordPage,
  async submit({ database, realm }, form, user) {
    if (user === null) throw new Error('a new password is asked for only after the user is known');
    const password = form.get('new-password') ?? '';
    const problems = passwordProblems(realm.passwordPolicy, password, user.username);
    if (problems.length > 0) return refused(`The password ${problems.join(', and ')}.`);
    if (password !== form.get('new-password-again')) return refused('The two passwords are not the same.');
    await setPassword(database, user.id, password, false);
    return { passed: true, userId: user.id };
  },
};

function refused(message: string): StepResult {
  return { passed: false, statusCode: 400, message };
}

function newPasswordPage({ action, message }: StepView): string {
  return page(
    'Choose a password',
    html`${alert(message)}
<p>Your password was set for you. Choose one that only you know.</p>
<form method="post" action="${action}">
<label for="new-password">New password</label>
<input id="new-password" name="new-password" type="password" autocomplete="new-password" maxlength="1024" required
  autofocus>
<label for="new-password-again">The same again</label>
<input id="new-password-again" name="new-password-again" type="password" autocomplete="new-password" maxlength="1024"
  required>
<button type="submit">Save and go on</button>
</form>`,
  );
}
