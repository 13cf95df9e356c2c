/** HTTP shape of currencies and payment types. */
import { body, command, query } from '../../kernel/index.ts';
import { createPaymentTypeBody, updateCurrenciesBody, updatePaymentTypeBody } from '../bodies.ts';
import { updateCurrencies } from '../commands/currencies.ts';
import { createPaymentType, deletePaymentType, updatePaymentType } from '../commands/payment-types.ts';
import { readCurrencies } from '../queries/currencies.ts';
import { listPaymentTypes, readPaymentType } from '../queries/payment-types.ts';

const grouping = 'organisation';

export const moneyCommands = [
  command({
    method: 'PUT',
    path: '/currencies',
    action: 'UPDATE',
    entity: 'CURRENCY',
    grouping,
    summary: 'Set the currencies that the organisation works in',
    body: updateCurrenciesBody,
    event: 'currency.updated',
    aggregateId: () => 'all',
    run: updateCurrencies,
  }),
  command({
    method: 'POST',
    path: '/paymenttypes',
    action: 'CREATE',
    entity: 'PAYMENTTYPE',
    grouping,
    summary: 'Create a payment type',
    body: createPaymentTypeBody,
    event: 'paymenttype.created',
    creates: true,
    run: createPaymentType,
  }),
  command({
    method: 'PUT',
    path: '/paymenttypes/:paymentTypeId',
    action: 'UPDATE',
    entity: 'PAYMENTTYPE',
    grouping,
    summary: 'Update a payment type',
    body: updatePaymentTypeBody,
    event: 'paymenttype.updated',
    run: updatePaymentType,
  }),
  command({
    method: 'DELETE',
    path: '/paymenttypes/:paymentTypeId',
    action: 'DELETE',
    entity: 'PAYMENTTYPE',
    grouping,
    summary: 'Delete a payment type that nothing uses',
    body: body('paymenttype', {}),
    event: 'paymenttype.deleted',
    run: deletePaymentType,
  }),
];

export const moneyQueries = [
  query({
    path: '/currencies',
    summary: 'Currencies in use and those to choose from',
    grouping,
    permission: 'READ_CURRENCY',
    run: readCurrencies,
  }),
  query({
    path: '/paymenttypes',
    summary: 'List payment types',
    grouping,
    permission: 'READ_PAYMENTTYPE',
    parameters: ['onlyWithCode'],
    run: listPaymentTypes,
  }),
  query({
    path: '/paymenttypes/:paymentTypeId',
    summary: 'Read a payment type',
    grouping,
    permission: 'READ_PAYMENTTYPE',
    run: readPaymentType,
  }),
];
