import Type from 'typebox';
import { date, item, oneOf, optional, type Static, text } from '../../fields.ts';

const transaction = item({
  date: date('Day on which it counts'),
  type: oneOf('Whether money comes in or goes out', ['deposit', 'withdrawal']),
  amount: Type.Number({ description: 'How much', exclusiveMinimum: 0, multipleOf: 0.01 }),
  paymentType: text('Name of the way it was paid'),
});

const account = item({
  externalId: text('By which it is found again'),
  product: text('Short name of the savings product', 4),
  openedOn: date('Day on which it was opened and became active'),
  transactions: Type.Array(transaction, { description: 'What happened, in order' }),
});

export const schema = item({
  externalId: text('By which the client is found again'),
  firstname: text('First name', 50),
  lastname: text('Last name', 50),
  office: text('Name of the office that serves them'),
  gender: optional(text('A value of the code Gender')),
  dateOfBirth: optional(date('Day of birth')),
  mobileNo: optional(text('Mobile number', 50)),
  emailAddress: optional(Type.String({ description: 'Address for messages', format: 'email' })),
  activationDate: date('Day since which they are clients'),
  accounts: Type.Array(account, { description: 'Their savings accounts' }),
});

export type DemoClient = Static<typeof schema>;
export type DemoAccount = Static<typeof account>;
export type DemoTransaction = Static<typeof transaction>;
