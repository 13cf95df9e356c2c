import type { Session } from './session.ts';

/** Where sessions are kept. What `save` answers is the cookie's content, and all that `find` is given. */
export type SessionStore = {
  save: (session: Session) => Promise<string>;
  /** `use` keeps the session alive, `look` leaves it as it is. */
  find: (cookie: string, purpose: 'use' | 'look') => Promise<Session | null>;
  /** Ends one session for good: its cookie opens nothing any more. */
  end: (session: Session) => Promise<void>;
  /** Ends the sessions that came from a login at the identity service. */
  endBySid: (sid: string) => Promise<void>;
  /** Whether the store must be written when a session was only used. */
  savesActivity: boolean;
  isReady: () => Promise<boolean>;
  close: () => Promise<void>;
};
