export interface Session {
  readonly authenticated: boolean;
  readonly username?: string;
}

export async function readSession(): Promise<Session> {
  const response = await fetch('/session', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error('The session cannot be read.');
  return response.json();
}

/** Ends the session here and at the sign-in service. */
export async function signOut(): Promise<void> {
  const response = await fetch('/logout', { method: 'POST', headers: { accept: 'application/json' } });
  const { location: next } = (await response.json().catch(() => ({}))) as { location?: string };
  location.assign(next ?? '/');
}
