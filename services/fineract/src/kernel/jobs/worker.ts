/**
 * Takes steps of runs from every tenant's queue, on instances with the batch worker mode. A worker whose connection broke
 * is replaced; a worker that was killed is buried by the others, and its steps go on there.
 */
import { EventEmitter } from 'node:events';
import type { ObjectStore } from '@fineract-gitops/objects';
import type { Logger } from '@fineract-gitops/telemetry';
import type { LogFunctionFactory, Runner, WorkerEvents } from 'graphile-worker';
import type { Tenant, Tenants } from '../tenants.ts';
import type { Job } from './job.ts';
import { beat, buryDead, retire } from './liveness.ts';
import { QUEUE_SCHEMA } from './queue.ts';
import { settleAbandoned } from './runs.ts';
import { jobSteps } from './steps.ts';

export interface BatchWorkerOptions {
  readonly tenants: Tenants;
  readonly jobs: readonly Job[];
  readonly objects: () => Promise<ObjectStore>;
  readonly logger: Logger;
  /** Steps that this instance does at the same time, per tenant. */
  readonly concurrency: number;
  /** A worker that was not seen for so long is dead. */
  readonly leaseSeconds: number;
}

export interface BatchWorker {
  /** Finishes the items that are being done, gives the rest of their partitions back. */
  stop(): Promise<void>;
}

interface TenantWorker {
  readonly tenant: Tenant;
  readonly workerId: string;
  readonly runner: Runner;
  ended: boolean;
}

const BEATS_PER_LEASE = 4;
const POLL_INTERVAL_MS = 2_000;

export function startBatchWorker(options: BatchWorkerOptions): BatchWorker {
  const { tenants, logger, leaseSeconds } = options;
  const stopping = new AbortController();
  const workers = new Map<string, TenantWorker>();

  const tend = async (tenant: Tenant) => {
    const known = workers.get(tenant.identifier);
    if (known?.ended) {
      workers.delete(tenant.identifier);
      await retire(tenant.db, known.workerId);
    }
    if (!workers.has(tenant.identifier))
      workers.set(tenant.identifier, await startTenantWorker(options, tenant, stopping.signal));
    await beat(tenant.db, workers.get(tenant.identifier)!.workerId);
    const dead = await buryDead(tenant.db, leaseSeconds);
    if (dead > 0)
      logger.warn({ tenant: tenant.identifier, dead }, 'workers fell silent; their work is taken over');
    const abandoned = await settleAbandoned(tenant.db);
    if (abandoned > 0)
      logger.error({ tenant: tenant.identifier, abandoned }, 'steps of runs failed for good');
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      const all = await tenants.all().catch((error: unknown) => {
        logger.warn({ err: error }, 'the tenants cannot be read; trying again');
        return [];
      });
      for (const tenant of all) {
        if (stopping.signal.aborted) break;
        await tend(tenant).catch((error: unknown) =>
          logger.warn({ err: error, tenant: tenant.identifier }, 'batch work waits for the database'),
        );
      }
      await pause((leaseSeconds * 1000) / BEATS_PER_LEASE, stopping.signal);
    }
  };
  const running = loop();

  return {
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(
        [...workers.values()].map(async ({ tenant, runner, workerId, ended }) => {
          if (!ended) await runner.stop();
          await retire(tenant.db, workerId).catch(() => {});
        }),
      );
    },
  };
}

async function startTenantWorker(
  options: BatchWorkerOptions,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<TenantWorker> {
  const { Logger: QueueLogger, run } = await import('graphile-worker');
  const events: WorkerEvents = new EventEmitter();
  let workerId = '';
  events.on('pool:create', ({ workerPool }) => {
    workerId = workerPool.id;
  });
  const { jobs, objects, logger } = options;
  const runner = await run({
    pgPool: tenant.db.pool,
    schema: QUEUE_SCHEMA,
    taskList: jobSteps({ tenant, jobs, objects, logger, signal }),
    parsedCronItems: [],
    // Told through the batcher, a step's end that cannot be written ends this worker in order, to be replaced; told
    // directly (version 0.18) it is a rejection that nobody catches and ends the process.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    concurrency: options.concurrency,
    pollInterval: POLL_INTERVAL_MS,
    noHandleSignals: true,
    events,
    logger: new QueueLogger(toLog(logger, tenant)),
  });
  const worker: TenantWorker = { tenant, workerId, runner, ended: false };
  const end = () => {
    worker.ended = true;
  };
  runner.promise.then(end, end);
  return worker;
}

/** The queue's own lines: what it does is debug, what goes wrong is told. */
function toLog(logger: Logger, tenant: Tenant): LogFunctionFactory {
  return () => (level, message) => {
    const severity = level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'debug';
    logger[severity]({ tenant: tenant.identifier, queue: message }, 'job queue');
  };
}

/** Waits, or returns at once when the signal fires. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
