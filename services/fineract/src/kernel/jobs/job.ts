/** What a scheduled job is made of; the runner in this folder does the rest. */
import type { LocalDate } from '@fineract-gitops/dates';
import type { Queryable, Transaction } from '@fineract-gitops/db';
import type { Tenant } from '../tenants.ts';

export interface JobContext {
  readonly tenant: Tenant;
  readonly runId: number;
  readonly businessDate: LocalDate;
  /** The user in whose name the job's changes stand in the audit log. */
  readonly userId: number;
}

/** A slice of the work, small enough to be done again from its start: ids from `firstId` to `lastId`. */
export interface Partition {
  readonly firstId: number;
  readonly lastId: number;
  readonly items: number;
}

/** What became of a partition's items. */
export interface PartitionOutcome {
  readonly done: number;
  readonly skipped: number;
  readonly failed: readonly ItemFailure[];
}

export interface ItemFailure {
  readonly itemId: number;
  readonly reason: string;
}

export interface Job {
  /** Fineract's display name: `Post Interest For Savings`. */
  readonly name: string;
  /** Fineract's short name: `SA_PINT`. */
  readonly shortName: string;
  /** When it runs by itself, for `/jobs`. */
  readonly cronExpression: string;
  /** Splits the work. Runs in the transaction that queues the partitions, so it is planned once or not at all. */
  readonly plan: (tx: Transaction, context: JobContext) => Promise<readonly Partition[]>;
  /**
   * Does one partition. It may be called again for the same partition after a crash: what was done must be recognised
   * (by a key of item and business date), never repeated.
   */
  readonly runPartition: (context: JobContext, partition: Partition) => Promise<PartitionOutcome>;
  /** After the last partition: reports, notifications. May be called again after a crash. */
  readonly finish?: (context: JobContext, db: Queryable) => Promise<void>;
}
