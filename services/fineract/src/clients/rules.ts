/** Rules of a client's life, without I/O. */
import type { LocalDate } from '@fineract-gitops/dates';
import { domainRule, type EnumOption, enumOption, invalidField } from '../kernel/index.ts';

/** Fineract's ClientStatus. */
export const ClientStatus = {
  pending: 100,
  active: 300,
  closed: 600,
  rejected: 700,
  withdrawn: 800,
} as const;
export type ClientStatusId = (typeof ClientStatus)[keyof typeof ClientStatus];

const STATUS_OPTIONS: Readonly<Record<ClientStatusId, EnumOption>> = {
  100: enumOption(100, 'clientStatusType.pending', 'Pending'),
  300: enumOption(300, 'clientStatusType.active', 'Active'),
  600: enumOption(600, 'clientStatusType.closed', 'Closed'),
  700: enumOption(700, 'clientStatusType.rejected', 'Rejected'),
  800: enumOption(800, 'clientStatusType.withdraw', 'Withdrawn'),
};

export function statusOption(id: number): EnumOption {
  return STATUS_OPTIONS[id as ClientStatusId];
}

const LEGAL_FORM_OPTIONS: Readonly<Record<number, EnumOption>> = {
  1: enumOption(1, 'legalFormType.person', 'Person'),
  2: enumOption(2, 'legalFormType.entity', 'Entity'),
};

export function legalFormOption(id: number): EnumOption | undefined {
  return LEGAL_FORM_OPTIONS[id];
}

export const legalFormOptions: readonly EnumOption[] = Object.values(LEGAL_FORM_OPTIONS);

export interface ClientName {
  readonly firstname?: string | null | undefined;
  readonly middlename?: string | null | undefined;
  readonly lastname?: string | null | undefined;
  readonly fullname?: string | null | undefined;
}

/**
 * The name that screens show: the full name, or the parts in order.
 *
 * @throws ApiError 400 when there is neither a full name nor first and last name, or both kinds at once
 */
export function displayName({ firstname, middlename, lastname, fullname }: ClientName): string {
  if (fullname) {
    if (firstname || middlename || lastname) {
      throw invalidField(
        'client',
        'fullname',
        'cannot.also.be.provided.when.firstname.is.populated',
        'Give either the full name or its parts.',
      );
    }
    return fullname;
  }
  if (!firstname)
    throw invalidField('client', 'firstname', 'cannot.be.blank', 'The parameter firstname is required.');
  if (!lastname)
    throw invalidField('client', 'lastname', 'cannot.be.blank', 'The parameter lastname is required.');
  return [firstname, middlename, lastname].filter(Boolean).join(' ');
}

export interface ActivationDates {
  readonly submittedOn: LocalDate;
  readonly officeOpenedOn: LocalDate;
  readonly businessDate: LocalDate;
}

/** @throws ApiError when a client cannot become active on that date */
export function checkActivationDate(activatedOn: LocalDate, dates: ActivationDates): void {
  if (activatedOn > dates.businessDate) {
    throw invalidField(
      'client',
      'activationDate',
      'is.greater.than.date',
      'The activation date must not be in the future.',
    );
  }
  if (activatedOn < dates.submittedOn) {
    throw domainRule(
      'error.msg.clients.submittedOnDate.after.activation.date',
      'The activation date must not be before the submission date.',
      dates.submittedOn,
    );
  }
  if (activatedOn < dates.officeOpenedOn) {
    throw domainRule(
      'error.msg.clients.activationDate.cannot.be.before.office.activation.date',
      'The activation date must not be before the opening date of the office.',
      dates.officeOpenedOn,
    );
  }
}

/** The ends and returns of a client's life: from which states, by Fineract's names of the action and its refusals. */
const TRANSITIONS = {
  close: {
    action: 'close',
    from: [ClientStatus.pending, ClientStatus.active],
    to: ClientStatus.closed,
    otherwise: 'is.already.closed',
    tooEarly: 'date.cannot.before.client.actvation.date',
    field: 'closureDate',
  },
  reject: {
    action: 'rejection',
    from: [ClientStatus.pending],
    to: ClientStatus.rejected,
    otherwise: 'on.account.not.in.pending.activation.status',
    tooEarly: 'date.cannot.before.client.submitted.date',
    field: 'rejectionDate',
  },
  withdraw: {
    action: 'withdrawal',
    from: [ClientStatus.pending],
    to: ClientStatus.withdrawn,
    otherwise: 'on.account.not.in.pending.activation.status',
    tooEarly: 'date.cannot.before.client.submitted.date',
    field: 'withdrawalDate',
  },
  reactivate: {
    action: 'reactivation',
    from: [ClientStatus.closed],
    to: ClientStatus.pending,
    otherwise: 'on.nonclosed.account',
    tooEarly: 'date.cannot.before.client.closed.date',
    field: 'reactivationDate',
  },
} as const;
export type TransitionName = keyof typeof TRANSITIONS;

export interface TransitionFacts {
  readonly status: number;
  /** The day of the step before, which this one cannot precede. */
  readonly since: LocalDate;
  readonly on: LocalDate;
  readonly businessDate: LocalDate;
}

/**
 * The state that a client comes to.
 *
 * @throws ApiError when the client is in another state, or the date lies in the future or before the step before
 */
export function transition(name: TransitionName, facts: TransitionFacts): ClientStatusId {
  const { action, from, to, otherwise, tooEarly, field } = TRANSITIONS[name];
  if (!(from as readonly number[]).includes(facts.status)) {
    throw domainRule(
      `error.msg.client.${action}.${otherwise}`,
      'The state of the client does not allow this.',
    );
  }
  if (facts.on > facts.businessDate) {
    throw invalidField('client', field, 'is.greater.than.date', 'The date must not be in the future.');
  }
  if (facts.on < facts.since) {
    const message = 'The date must not be before the step before it.';
    throw domainRule(`error.msg.client.${action}.${tooEarly}`, message, facts.on, facts.since);
  }
  return to;
}
