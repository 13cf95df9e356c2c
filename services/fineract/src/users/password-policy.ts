/**
 * What a password must be (CVE-2025-23408 was a weak policy): long, unlike the user's own names, and not one that
 * attackers try first. There are no rules on kinds of characters: length and rarity protect, patterns are guessed.
 */
import { invalidField } from '../kernel/index.ts';

export const PASSWORD_LENGTH_MIN = 12;
/** zxcvbn's scale of 0 to 4: 3 means more than a hundred million guesses. */
const SCORE_MIN = 3;

export interface PasswordOwner {
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string | null;
}

/** @throws ApiError 400 `validation.msg.user.password.does.not.match.regexp`, as Fineract names a broken policy */
export async function checkPassword(password: string, owner: PasswordOwner): Promise<void> {
  if ([...password].length < PASSWORD_LENGTH_MIN) {
    throw refused(`A password has at least ${PASSWORD_LENGTH_MIN} characters.`);
  }
  if (containsName(password, owner.username)) {
    throw refused('A password does not contain the username.');
  }
  const words = [owner.username, owner.firstname, owner.lastname, ...(owner.email?.split('@') ?? [])];
  if ((await strengthOf(password, words)) < SCORE_MIN) {
    throw refused('This password is too easy to guess. Use several unrelated words, or a password manager.');
  }
}

/** @throws ApiError 400 when the two entries of the new password differ */
export function checkRepeated(password: string, repeated: string | undefined): void {
  if (password === repeated) return;
  throw invalidField(
    'user',
    'repeatPassword',
    'not.equal.to.password',
    'The parameter repeatPassword is not the same as password.',
  );
}

/** Names of three letters and less stand inside ordinary words (`eve` in `seven`). */
function containsName(password: string, username: string): boolean {
  return username.length >= 4 && password.toLowerCase().includes(username.toLowerCase());
}

function refused(message: string) {
  return invalidField('user', 'password', 'does.not.match.regexp', message);
}

type Meter = (password: string, words: string[]) => Promise<number>;
let meter: Promise<Meter> | undefined;

async function strengthOf(password: string, words: string[]): Promise<number> {
  meter ??= loadMeter();
  return (await meter)(password, words);
}

/** The word lists take memory, so they are read when the first password is set and not at the start. */
async function loadMeter(): Promise<Meter> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  return async (password, words) => (await zxcvbn.checkAsync(password, words)).score;
}
