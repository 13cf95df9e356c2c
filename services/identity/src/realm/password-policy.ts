/** One rule of Keycloak's `passwordPolicy` text. */
type Rule = (password: string, username: string) => string | undefined;

const count = (password: string, pattern: RegExp) => password.match(pattern)?.length ?? 0;

const rules: Readonly<Record<string, (argument: number) => Rule>> = {
  length: (least) => (password) =>
    [...password].length < least ? `must have at least ${least} characters` : undefined,
  maxLength: (most) => (password) =>
    [...password].length > most ? `must have at most ${most} characters` : undefined,
  digits: (least) => (password) =>
    count(password, /\d/g) < least ? `must contain at least ${least} digits` : undefined,
  lowerCase: (least) => (password) =>
    count(password, /\p{Ll}/gu) < least ? `must contain at least ${least} small letters` : undefined,
  upperCase: (least) => (password) =>
    count(password, /\p{Lu}/gu) < least ? `must contain at least ${least} capital letters` : undefined,
  specialChars: (least) => (password) =>
    count(password, /[^\p{L}\p{N}]/gu) < least
      ? `must contain at least ${least} special characters`
      : undefined,
  notUsername: () => (password, username) =>
    password.toLowerCase() === username.toLowerCase() ? 'must not be the user name' : undefined,
};

/**
 * What is wrong with a new password, each a phrase to follow "The password".
 * @param policy Keycloak's form: `length(12) and notUsername(undefined)`
 * @throws Error for a rule that is not known here
 */
export function passwordProblems(policy: string | undefined, password: string, username: string): string[] {
  const parts = (policy ?? '').split(' and ').filter((part) => part.trim() !== '');
  return parts.flatMap((part) => {
    const [, name = '', argument] = /^(\w+)(?:\((\w*)\))?$/.exec(part.trim()) ?? [];
    const rule = rules[name];
    if (rule === undefined) throw new Error(`passwordPolicy has the rule "${part}", which is not known here`);
    return rule(Number(argument))(password, username) ?? [];
  });
}
