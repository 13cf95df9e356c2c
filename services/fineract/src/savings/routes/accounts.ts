/** HTTP shape of savings accounts and their life. */
import {
  type AnyCommand,
  type BodySchema,
  type Command,
  type CommandResult,
  command,
  type Fields,
  query,
} from '../../kernel/index.ts';
import {
  activateBody,
  approveBody,
  closeBody,
  emptyBody,
  rejectBody,
  submitAccountBody,
  undoApprovalBody,
  updateAccountBody,
  withdrawApplicationBody,
} from '../bodies.ts';
import { deleteAccount, submitAccount, updateAccount } from '../commands/applications.ts';
import {
  activate,
  approve,
  close,
  reject,
  undoApproval,
  withdrawApplication,
} from '../commands/lifecycle.ts';
import { calculateInterest, postInterest } from '../commands/post-interest.ts';
import { accountTemplate, listAccounts, listCharges, readAccount, readCharge } from '../queries/accounts.ts';
import { accountPath, countPostings, grouping, staleAccount } from './shared.ts';

const entity = 'SAVINGSACCOUNT';
const permission = 'READ_SAVINGSACCOUNT';

interface Step<F extends Fields> {
  readonly name: string;
  readonly action: string;
  readonly summary: string;
  readonly body: BodySchema<F>;
  readonly event: string;
  readonly run: Command<F>['run'];
  readonly committed?: (result: CommandResult) => void;
}

/** `POST /savingsaccounts/:id?command=<name>` */
function step<F extends Fields>({ name, ...declaration }: Step<F>): AnyCommand {
  return command({
    method: 'POST',
    path: accountPath,
    command: name,
    entity,
    grouping,
    invalidates: staleAccount,
    ...declaration,
  });
}

export const accountCommands = [
  command({
    method: 'POST',
    path: '/savingsaccounts',
    action: 'CREATE',
    entity,
    grouping,
    summary: 'Submit an application for a savings account',
    body: submitAccountBody,
    event: 'savingsaccount.submitted',
    creates: true,
    invalidates: staleAccount,
    run: submitAccount,
  }),
  command({
    method: 'PUT',
    path: accountPath,
    action: 'UPDATE',
    entity,
    grouping,
    summary: 'Change an application that is pending',
    body: updateAccountBody,
    event: 'savingsaccount.updated',
    invalidates: staleAccount,
    run: updateAccount,
  }),
  command({
    method: 'DELETE',
    path: accountPath,
    action: 'DELETE',
    entity,
    grouping,
    summary: 'Delete an application that is pending',
    body: emptyBody,
    event: 'savingsaccount.deleted',
    invalidates: staleAccount,
    run: deleteAccount,
  }),
  step({
    name: 'approve',
    action: 'APPROVE',
    summary: 'Approve an application',
    body: approveBody,
    event: 'savingsaccount.approved',
    run: approve,
  }),
  step({
    name: 'undoapproval',
    action: 'APPROVALUNDO',
    summary: 'Make an approved application pending again',
    body: undoApprovalBody,
    event: 'savingsaccount.approval-undone',
    run: undoApproval,
  }),
  step({
    name: 'reject',
    action: 'REJECT',
    summary: 'Reject an application',
    body: rejectBody,
    event: 'savingsaccount.rejected',
    run: reject,
  }),
  step({
    name: 'withdrawnByApplicant',
    action: 'WITHDRAW',
    summary: 'Record that the applicant withdrew',
    body: withdrawApplicationBody,
    event: 'savingsaccount.withdrawn-by-applicant',
    run: withdrawApplication,
  }),
  step({
    name: 'activate',
    action: 'ACTIVATE',
    summary: 'Open an approved account for money',
    body: activateBody,
    event: 'savingsaccount.activated',
    run: activate,
  }),
  step({
    name: 'close',
    action: 'CLOSE',
    summary: 'Close an account; withdrawBalance pays the rest out first',
    body: closeBody,
    event: 'savingsaccount.closed',
    run: close,
  }),
  step({
    name: 'postInterest',
    action: 'POSTINTEREST',
    summary: 'Post the interest of all periods that are over',
    body: emptyBody,
    event: 'savingsaccount.interest-posted',
    run: postInterest,
    committed: countPostings,
  }),
  step({
    name: 'calculateInterest',
    action: 'CALCULATEINTEREST',
    summary: 'Compute the interest that is earned up to today and not posted; writes no transaction',
    body: emptyBody,
    event: 'savingsaccount.interest-calculated',
    run: calculateInterest,
  }),
];

export const accountQueries = [
  query({
    path: '/savingsaccounts',
    summary: 'List savings accounts',
    grouping,
    permission,
    parameters: ['offset', 'limit', 'orderBy', 'sortOrder', 'externalId', 'status', 'clientId'],
    run: listAccounts,
  }),
  query({
    path: '/savingsaccounts/template',
    summary: 'What a form for a new account offers',
    grouping,
    permission,
    parameters: ['clientId', 'productId'],
    run: accountTemplate,
  }),
  query({
    path: accountPath,
    summary: 'Read an account; `associations=all` adds transactions and charges',
    grouping,
    permission,
    parameters: ['associations', 'template'],
    // Only the plain answer: parts grow with the account's history.
    cacheKey: ({ params, query: { associations, template } }) =>
      !associations && !template && /^\d{1,15}$/.test(params['savingsId'] ?? '')
        ? `savingsaccounts:${params['savingsId']}`
        : null,
    run: readAccount,
  }),
  query({
    path: `${accountPath}/charges`,
    summary: 'List the charges of an account',
    grouping,
    permission: 'READ_SAVINGSACCOUNTCHARGE',
    run: listCharges,
  }),
  query({
    path: `${accountPath}/charges/:savingsAccountChargeId`,
    summary: 'Read a charge of an account',
    grouping,
    permission: 'READ_SAVINGSACCOUNTCHARGE',
    run: readCharge,
  }),
];
