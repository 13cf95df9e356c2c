/** Somebody signed in: the identity service's tokens, and when they were last used here. Times in epoch seconds. */
export type Session = {
  id: string;
  username: string;
  /** The identity service's own session, by which it tells us of a logout. */
  sid: string;
  subject: string;
  accessToken: string;
  accessTokenExpiresAt: number;
  refreshToken: string;
  idToken: string;
  lastSeenAt: number;
};

export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
