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
  /** When the identity service ends its session unless a refresh comes before. */
  identityExpiresAt: number;
  lastSeenAt: number;
};

/**
 * When a token answer's refresh token ends: Keycloak says so beside the standard's fields.
 * @param fallbackSeconds for an issuer that does not
 */
export function refreshExpiry(answer: object, fallbackSeconds: number): number {
  const { refresh_expires_in: seconds } = answer as { refresh_expires_in?: unknown };
  return epochSeconds() + (typeof seconds === 'number' && seconds > 0 ? seconds : fallbackSeconds);
}

export function epochSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
