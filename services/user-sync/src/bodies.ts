/** What the bank may send, as types and as the JSON Schemas that Fastify checks. */

/** A user as the bank has it now; a message may come twice, and late, without harm. */
export interface BankUser {
  /** The user's id at the bank: a name may pass to somebody else, the id does not. */
  readonly userId: number;
  readonly username: string;
  readonly firstname: string;
  readonly lastname: string;
  readonly email: string | null;
  /** False for a user who is gone too: the account is closed, its password thrown away. */
  readonly enabled: boolean;
  readonly roles: readonly string[];
  /** The bank's roles that the user does not have. Roles that the bank does not know are left alone. */
  readonly otherRoles: readonly string[];
}

export interface UserChange extends BankUser {
  readonly password?: string;
  /** What made the bank tell, for the log. */
  readonly eventId?: string;
}

export interface ReconcileRequest {
  readonly users: readonly BankUser[];
  /** Without it nothing is changed, only told. */
  readonly apply: boolean;
}

const name = { type: 'string', maxLength: 255 };
const roles = { type: 'array', items: name, maxItems: 200 };
const properties = {
  userId: { type: 'integer', minimum: 1 },
  username: { ...name, minLength: 1 },
  firstname: name,
  lastname: name,
  email: { ...name, nullable: true },
  enabled: { type: 'boolean' },
  roles,
  otherRoles: roles,
};
const required = Object.keys(properties);

export const userChangeSchema = {
  type: 'object',
  required,
  properties: {
    ...properties,
    password: { type: 'string', minLength: 1, maxLength: 1024 },
    eventId: { type: 'string', maxLength: 100 },
  },
};

export const reconcileSchema = {
  type: 'object',
  required: ['users'],
  properties: {
    users: { type: 'array', items: { type: 'object', required, properties }, maxItems: 20_000 },
    apply: { type: 'boolean', default: false },
  },
};
