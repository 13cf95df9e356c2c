/** What a job is made of; the runner in this folder does the rest. */
import type { LocalDate } from '@fineract-gitops/dates';
import type { Queryable, Transaction } from '@fineract-gitops/db';
import type { ObjectStore } from '@fineract-gitops/objects';
import type { Logger } from '@fineract-gitops/telemetry';
import type { Tenant } from '../tenants.ts';

export interface JobContext {
  readonly tenant: Tenant;
  readonly jobName: string;
  readonly runId: number;
  /** The bank's date when the run began; it stays the run's date whatever happens meanwhile. */
  readonly businessDate: LocalDate;
  /** The user in whose name the job's changes stand in the audit log. */
  readonly userId: number;
  /** Where reports go. */
  readonly objects: () => Promise<ObjectStore>;
  readonly logger: Logger;
  /** Fires when the instance stops: long work outside an item ends early by throwing, and is done again elsewhere. */
  readonly signal: AbortSignal;
}

/** A slice of the work: the items whose ids lie between `firstId` and `lastId`. */
export interface Partition {
  readonly firstId: number;
  readonly lastId: number;
  readonly items: number;
}

export type ItemOutcome = 'done' | 'skipped';

export interface Job {
  /** Fineract's display name: `Post Interest For Savings`. */
  readonly name: string;
  /** Fineract's short name: `SA_PINT`. */
  readonly shortName: string;
  /** When it runs by itself until somebody changes it: Quartz's six or seven fields. */
  readonly cronExpression: string;
  /** Splits the work. Runs in the transaction that queues the partitions, so it is planned once or not at all. */
  readonly plan: (tx: Transaction, context: JobContext) => Promise<readonly Partition[]>;
  /** The ids of a partition's items, ascending. */
  readonly listItems: (
    db: Queryable,
    context: JobContext,
    partition: Partition,
  ) => Promise<readonly number[]>;
  /**
   * Does one item in a transaction of its own, which also notes that the run is past it: a crash repeats nothing. What
   * it throws is written down as the item's failure, and the next item goes on. Another run on the same date must
   * recognise what is done (by a unique key) and answer `skipped`. `afterCommit` is for counting what was really written.
   */
  readonly runItem: (
    tx: Transaction,
    context: JobContext,
    itemId: number,
    afterCommit: (work: () => void) => void,
  ) => Promise<ItemOutcome>;
  /** After the last partition: reports, notifications. Called again after a crash, so it must be repeatable. */
  readonly finish?: (context: JobContext) => Promise<void>;
}

/** A job that is one repeatable piece of work and has no items. */
export function singleStepJob({
  run,
  ...names
}: Pick<Job, 'name' | 'shortName' | 'cronExpression'> & {
  readonly run: (context: JobContext) => Promise<void>;
}): Job {
  return {
    ...names,
    plan: async () => [],
    listItems: async () => [],
    runItem: async () => 'skipped',
    finish: run,
  };
}
