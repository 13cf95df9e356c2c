import type { Database } from '@fineract-gitops/db';
import type { Realm } from '../realm/schema.ts';
import type { User } from '../store/users.ts';

/** What a login has shown so far. */
export type LoginProgress = {
  userId?: string;
  /** Names of the steps passed, in order. */
  passed: string[];
};

export type LoginTools = { database: Database; realm: Realm };

export type LoginForm = ReadonlyMap<string, string>;

export type StepView = {
  action: string;
  user: User | null;
  /** Why the step is shown again. */
  message?: string;
  /** What was typed before, passwords excepted. */
  username?: string;
};

export type StepResult =
  | { passed: true; userId: string }
  | {
      passed: false;
      statusCode: 400 | 401 | 429;
      message: string;
      username?: string;
      retryAfterSeconds?: number;
    };

/** One thing a login asks for. Adding one (WebAuthn, a one-time code) is a file and a line in the list of `index.ts`. */
export type LoginStep = {
  name: string;
  /** The method reference (RFC 8176) that tokens then carry. */
  amr?: string;
  isNeeded: (progress: LoginProgress, user: User | null) => boolean;
  page: (view: StepView) => string;
  submit: (tools: LoginTools, form: LoginForm, user: User | null) => Promise<StepResult>;
};
