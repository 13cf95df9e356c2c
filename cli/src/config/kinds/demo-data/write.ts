/**
 * Writes a demonstration client step by step. Every step looks first, and carries an idempotency key, so that it can be
 * done again after any interruption.
 */
import { createHash } from 'node:crypto';
import { decimal } from '@fineract-gitops/money';
import { dateFormat, type WriteContext, when } from '../../kind.ts';
import { ACTIVE, findAccount, findClient, missingTransactions, readTransactions } from './read.ts';
import type { DemoAccount, DemoClient } from './schema.ts';

export async function completeDemoClient(context: WriteContext, client: DemoClient): Promise<number> {
  const clientId =
    (await findClient(context.api, client.externalId)) ?? (await createClient(context, client));
  for (const account of client.accounts) await completeAccount(context, clientId, account);
  return clientId;
}

async function createClient({ api, ids }: WriteContext, client: DemoClient): Promise<number> {
  const body = {
    officeId: ids.of('offices', client.office),
    firstname: client.firstname,
    lastname: client.lastname,
    externalId: client.externalId,
    legalFormId: 1,
    active: true,
    submittedOnDate: client.activationDate,
    activationDate: client.activationDate,
    genderId: when(client.gender, (name) => ids.of('codeValues', `Gender/${name}`)),
    dateOfBirth: client.dateOfBirth,
    mobileNo: client.mobileNo,
    emailAddress: client.emailAddress,
    ...dateFormat,
  };
  return (await api.post('/clients', body, keyFor('/clients', body))).resourceId!;
}

async function completeAccount(context: WriteContext, clientId: number, account: DemoAccount): Promise<void> {
  const { api, ids } = context;
  const accountId =
    (await findAccount(api, account.externalId)) ?? (await submitAccount(context, clientId, account));
  await activateAccount(context, accountId, account);
  const existing = await readTransactions(api, accountId);
  for (const [index, each] of missingTransactions(account.transactions, existing).entries()) {
    const path = `/savingsaccounts/${accountId}/transactions?command=${each.type}`;
    const body = {
      transactionDate: each.date,
      transactionAmount: decimal(String(each.amount)),
      paymentTypeId: ids.of('paymentTypes', each.paymentType),
      ...dateFormat,
    };
    // Two deposits of a day may look alike: how many came before tells them apart.
    await api.post(path, body, keyFor(path, { ...body, before: existing.length + index }));
  }
}

async function submitAccount(
  { api, ids }: WriteContext,
  clientId: number,
  account: DemoAccount,
): Promise<number> {
  const body = {
    clientId,
    productId: ids.of('savingsProducts', account.product),
    externalId: account.externalId,
    submittedOnDate: account.openedOn,
    ...dateFormat,
  };
  return (await api.post('/savingsaccounts', body, keyFor('/savingsaccounts', body))).resourceId!;
}

async function activateAccount(
  { api }: WriteContext,
  accountId: number,
  { openedOn }: DemoAccount,
): Promise<void> {
  const { status } = await api.get<{ status: { id: number } }>(`/savingsaccounts/${accountId}`);
  if (status.id >= ACTIVE) return;
  if (status.id < 200) {
    await api.post(`/savingsaccounts/${accountId}?command=approve`, {
      approvedOnDate: openedOn,
      ...dateFormat,
    });
  }
  await api.post(`/savingsaccounts/${accountId}?command=activate`, {
    activatedOnDate: openedOn,
    ...dateFormat,
  });
}

function keyFor(path: string, body: object): { idempotencyKey: string } {
  return {
    idempotencyKey: createHash('sha256').update(path).update(JSON.stringify(body)).digest('base64url'),
  };
}
