/** What changes jobs: running one now, its schedule, and whether the scheduler starts any. */
import { sql } from '@fineract-gitops/db';
import {
  type CommandContext,
  type CommandInput,
  type CommandResult,
  domainRule,
  invalidField,
  isCronExpression,
  nextCronTime,
  parameterError,
  startRun,
  validationFailed,
} from '../kernel/index.ts';
import type { NoBody, UpdateJob } from './bodies.ts';
import { jobNamedBy, jobNotFound } from './job-row.ts';

interface JobRow {
  id: number;
  name: string;
  display_name: string;
  cron_expression: string;
  active: boolean;
}

async function lockJob({ tx }: CommandContext, input: CommandInput<NoBody>): Promise<JobRow> {
  const job = await tx.rowOrNull<JobRow>(sql`
    select id, name, display_name, cron_expression, active from jobs where ${jobNamedBy(input)} for update`);
  if (!job) throw jobNotFound(input);
  return job;
}

/** Fineract answers 202 and silently does nothing while the job runs; a caller who waits for a result must know. */
export async function executeJob(
  context: CommandContext,
  input: CommandInput<NoBody>,
): Promise<CommandResult> {
  const { tx, user, businessDate } = context;
  const job = await lockJob(context, input);
  const run = await startRun(tx, { jobId: job.id, trigger: 'application', userId: user.id, businessDate });
  if (!run) {
    throw domainRule(
      'error.msg.sheduler.job.inprogress',
      `The job ${job.name} is running. Wait until it has ended.`,
      job.name,
    );
  }
  return { resourceId: job.id, subResourceId: run.version };
}

export async function updateJob(
  context: CommandContext,
  input: CommandInput<UpdateJob>,
): Promise<CommandResult> {
  const job = await lockJob(context, input);
  const { displayName, cronExpression, active } = input.body;
  if (displayName === undefined && cronExpression === undefined && active === undefined) {
    const message = 'Name at least one of displayName, cronExpression and active.';
    throw validationFailed([parameterError('validation.msg.schedulerjob.id.not.provided', 'id', message)]);
  }
  const cron = cronExpression ?? job.cron_expression;
  const isActive = active ?? job.active;
  const next = isActive ? nextRunTime(cron, context.tenant.timeZone) : null;
  await context.tx.execute(sql`
    update jobs set display_name = ${displayName ?? job.display_name}, cron_expression = ${cron}, active = ${isActive},
           next_run_at = ${next}::timestamptz
     where id = ${job.id}`);
  const changes = {
    ...(displayName === undefined || displayName === job.display_name ? {} : { displayName }),
    ...(cron === job.cron_expression ? {} : { cronExpression: cron }),
    ...(isActive === job.active ? {} : { active: isActive }),
  };
  return { resourceId: job.id, changes };
}

function nextRunTime(cronExpression: string, timeZone: string): Date {
  const next = isCronExpression(cronExpression) ? nextCronTime(cronExpression, timeZone, new Date()) : null;
  if (next) return next;
  const message =
    'The cron expression is not valid or never comes again. It has six or seven fields, seconds first: 0 0 2 * * ?';
  throw invalidField('schedulerjob', 'cronExpression', 'invalid', message, cronExpression);
}

export async function startScheduler({ tx }: CommandContext): Promise<CommandResult> {
  await tx.execute(sql`update scheduler set active = true`);
  return {};
}

export async function stopScheduler({ tx }: CommandContext): Promise<CommandResult> {
  await tx.execute(sql`update scheduler set active = false`);
  return {};
}
