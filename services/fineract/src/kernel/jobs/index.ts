export { isCronExpression, nextCronTime } from './cron.ts';
export { declaredJobs, listJobs } from './declare.ts';
export { type ItemOutcome, type Job, type JobContext, type Partition, singleStepJob } from './job.ts';
export { beat, retire } from './liveness.ts';
export { idRanges } from './partitions.ts';
export { migrateQueue } from './queue.ts';
export { runsWithWork, startRun } from './runs.ts';
export { type Scheduler, startScheduler } from './scheduler.ts';
export { type BatchWorker, startBatchWorker } from './worker.ts';
