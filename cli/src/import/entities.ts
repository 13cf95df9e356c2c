/** What can be imported, in the order in which it is: what others belong to comes first. */
export type EntityName = 'offices' | 'clients' | 'savingsAccounts' | 'transactions';

export interface FieldSpec {
  /** For the mapping's schema. */
  readonly about: string;
  readonly type: 'text' | 'date' | 'amount';
  readonly required?: boolean;
  /** The field names another entity's row, by what identifies it in the source. */
  readonly refersTo?: EntityName;
  readonly oneOf?: readonly string[];
  readonly maxLength?: number;
}

export interface Entity {
  readonly name: EntityName;
  readonly noun: string;
  /** Where the bank takes it. */
  readonly path: string;
  readonly rowsPerRequest: number;
  readonly fields: Readonly<Record<string, FieldSpec>>;
  /** The field that says to what a row belongs; that has to be there first. */
  readonly parentField?: string;
  /** The day from which it exists; nothing that belongs to it may be earlier. */
  readonly dayField: string;
  /** A field of the mapping as a field of the request. */
  readonly requestFields: Readonly<Record<string, string>>;
}

const externalId: FieldSpec = {
  about: 'What identifies it in the source',
  type: 'text',
  required: true,
  maxLength: 60,
};

export const TRANSACTION_TYPES = ['deposit', 'withdrawal', 'interest', 'fee'] as const;

export const entities: Readonly<Record<EntityName, Entity>> = {
  offices: {
    name: 'offices',
    noun: 'office',
    path: '/imports/offices',
    rowsPerRequest: 500,
    dayField: 'openingDate',
    fields: {
      externalId,
      name: { about: 'Name of the office', type: 'text', required: true, maxLength: 100 },
      openingDate: { about: 'First day on which it works', type: 'date', required: true },
      parent: {
        about: 'The office above it; the head office when absent',
        type: 'text',
        refersTo: 'offices',
      },
    },
    requestFields: {
      externalId: 'externalId',
      name: 'name',
      openingDate: 'openingDate',
      parent: 'parentExternalId',
    },
  },
  clients: {
    name: 'clients',
    noun: 'client',
    path: '/imports/clients',
    rowsPerRequest: 1000,
    parentField: 'office',
    dayField: 'activationDate',
    fields: {
      externalId,
      office: { about: 'The office that serves them', type: 'text', required: true, refersTo: 'offices' },
      activationDate: { about: 'Day since which they are clients', type: 'date', required: true },
      fullname: { about: 'Full name, or the parts below', type: 'text', maxLength: 160 },
      firstname: { about: 'First name', type: 'text', maxLength: 50 },
      middlename: { about: 'Middle name', type: 'text', maxLength: 50 },
      lastname: { about: 'Last name', type: 'text', maxLength: 50 },
      gender: { about: 'A value of the code Gender', type: 'text', maxLength: 100 },
      dateOfBirth: { about: 'Day of birth', type: 'date' },
      mobileNo: { about: 'Mobile number', type: 'text', maxLength: 50 },
      emailAddress: { about: 'Address for messages', type: 'text', maxLength: 150 },
    },
    requestFields: {
      externalId: 'externalId',
      office: 'officeExternalId',
      activationDate: 'activationDate',
      fullname: 'fullname',
      firstname: 'firstname',
      middlename: 'middlename',
      lastname: 'lastname',
      gender: 'gender',
      dateOfBirth: 'dateOfBirth',
      mobileNo: 'mobileNo',
      emailAddress: 'emailAddress',
    },
  },
  savingsAccounts: {
    name: 'savingsAccounts',
    noun: 'savings account',
    path: '/imports/savingsaccounts',
    rowsPerRequest: 1000,
    parentField: 'client',
    dayField: 'openedOn',
    fields: {
      externalId,
      client: { about: 'Whose account it is', type: 'text', required: true, refersTo: 'clients' },
      product: { about: 'Short name of the savings product', type: 'text', required: true, maxLength: 4 },
      openedOn: { about: 'Day on which it became active', type: 'date', required: true },
    },
    requestFields: {
      externalId: 'externalId',
      client: 'clientExternalId',
      product: 'productShortName',
      openedOn: 'activatedOnDate',
    },
  },
  transactions: {
    name: 'transactions',
    noun: 'transaction',
    path: '/imports/savingstransactions',
    rowsPerRequest: 2000,
    parentField: 'account',
    dayField: 'date',
    fields: {
      externalId,
      account: { about: 'The savings account', type: 'text', required: true, refersTo: 'savingsAccounts' },
      date: { about: 'Day on which it counts', type: 'date', required: true },
      type: {
        about: `One of ${TRANSACTION_TYPES.join(', ')}`,
        type: 'text',
        required: true,
        oneOf: TRANSACTION_TYPES,
      },
      amount: { about: 'How much, above zero', type: 'amount', required: true },
      balance: { about: "The source's balance after it, for the reconciliation", type: 'amount' },
    },
    requestFields: {
      externalId: 'externalId',
      account: 'accountExternalId',
      date: 'date',
      type: 'type',
      amount: 'amount',
    },
  },
};

export const importOrder = Object.values(entities);
