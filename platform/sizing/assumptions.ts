/**
 * What a recommendation rests on. Each figure is assumed, cautiously, and can be measured: `bench/deposits.ts` and
 * `bench/reads.ts` tell what one instance does on your machines. Decision 0142 says where they come from.
 */

export const assumptions = {
  /** Of all clients, how many use the bank in the same minutes, themselves or through a teller. */
  concurrentShare: 0.01,
  /** Reads for each write: balances, statements, searches. */
  readsPerWrite: 4,
  /** Writes a second of one write instance at its requests in the model. */
  writesPerSecondPerReplica: 150,
  /** Reads a second of one read instance at its requests in the model. */
  readsPerSecondPerReplica: 300,
  /** Commits a second of one PostgreSQL primary on a network volume; beyond it, measure before you buy. */
  writesPerSecondOfPrimary: 1_500,
  /** Accounts a second of one batch instance when interest is posted. */
  accountsPerSecondPerBatch: 100,
  accountsPerClient: 1.5,
  /** The night's work shall be done before the backup at three. */
  batchWindowSeconds: 3_000,
  /** The peak of a day against its mean. */
  peakFactor: 10,
  /** Rows, indexes, audit and event of a client with its accounts, and of a transaction with its journal. */
  bytesPerClient: 25_000,
  bytesPerTransaction: 3_000,
  yearsKept: 3,
  /** Room for indexes that grow, vacuum and the log: the database may fill this share of its volume. */
  volumeFill: 0.7,
} as const;

export type Assumptions = { readonly [Name in keyof typeof assumptions]: number };
