/** Clients, accounts and transactions for showing the bank. A client that exists is completed, never changed. */
import { type Complaint, kind } from '../../kind.ts';
import { missingTransactions, readDemoClients } from './read.ts';
import { type DemoClient, schema } from './schema.ts';
import { completeDemoClient } from './write.ts';

export const demoData = kind<DemoClient>({
  name: 'demoData',
  noun: 'demonstration client',
  schema,
  keyOf: ({ externalId }) => externalId,
  references: ({ office, gender, accounts }) => [
    { kind: 'offices', key: office, path: ['office'] },
    gender !== undefined && { kind: 'codeValues', key: `Gender/${gender}`, path: ['gender'] },
    ...accounts.flatMap(({ product, transactions }, index) => [
      { kind: 'savingsProducts', key: product, path: ['accounts', index, 'product'] },
      ...transactions.map(({ paymentType }, each) => ({
        kind: 'paymentTypes',
        key: paymentType,
        path: ['accounts', index, 'transactions', each, 'paymentType'],
      })),
    ]),
  ],
  check: ({ activationDate, accounts }) =>
    accounts.flatMap(({ openedOn, transactions }, index): Complaint[] => [
      ...(openedOn < activationDate
        ? [
            {
              path: ['accounts', index, 'openedOn'],
              reason: `This is before the client's activation on ${activationDate}.`,
            },
          ]
        : []),
      ...transactions.flatMap(({ date }, each) =>
        date < openedOn
          ? [
              {
                path: ['accounts', index, 'transactions', each, 'date'],
                reason: `This is before the account was opened on ${openedOn}.`,
              },
            ]
          : [],
      ),
    ]),
  read: readDemoClients,
  /** What is there is taken as it is; only what is missing shows. */
  differ: ({ accounts }, current) =>
    accounts.flatMap(({ externalId, transactions }) => {
      const existing = current.accounts?.find((each) => each.externalId === externalId);
      if (!existing)
        return [{ path: `accounts.${externalId}`, to: `opened, ${transactions.length} transactions` }];
      const missing = missingTransactions(transactions, existing.transactions).length;
      return missing === 0 ? [] : [{ path: `accounts.${externalId}.transactions`, to: `${missing} more` }];
    }),
  create: completeDemoClient,
  update: async (context, _id, _changed, client) => {
    await completeDemoClient(context, client);
  },
});
