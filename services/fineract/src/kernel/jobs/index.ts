export { isCronExpression, nextCronTime } from './cron.ts';
export { declaredJobs, listJobs } from './declare.ts';
export { type Job, type JobContext, singleStepJob } from './job.ts';
export { beat, retire } from './liveness.ts';
export { idRanges } from './partitions.ts';
export { migrateQueue } from './queue.ts';
export { runsWithWork, startRun } from './runs.ts';
export { startScheduler } from './scheduler.ts';
export { startBatchWorker } from './worker.ts';
