import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { talk } from '../command.ts';

/** One thing to do at the start; it begins as soon as the steps it names are done. */
export interface Step {
  name: string;
  title: string;
  after: readonly string[];
  /** Returns a remark for the display, for example the address. */
  run(): Promise<string | undefined>;
}

export interface StepTiming {
  name: string;
  /** Milliseconds since the first step could begin. */
  beganMs: number;
  tookMs: number;
}

/**
 * Does the steps, as many at once as their order allows, and shows the progress on standard error.
 * @throws what the first failing step threw; steps that have not begun are then left out
 */
export async function runSteps(steps: readonly Step[], quiet = false): Promise<StepTiming[]> {
  const timings: StepTiming[] = [];
  const done = new Map<string, Promise<void>>();
  const origin = performance.now();
  const failures: unknown[] = [];
  const perform = async (step: Step, show: (remark: string | undefined) => void) => {
    await Promise.all(step.after.map((name) => done.get(name)));
    if (failures.length > 0) throw failures[0];
    const began = performance.now();
    try {
      show(await step.run());
    } catch (error) {
      failures.push(error);
      throw error;
    }
    const rounded = (ms: number) => Math.round(ms);
    timings.push({
      name: step.name,
      beganMs: rounded(began - origin),
      tookMs: rounded(performance.now() - began),
    });
  };
  const shows = new Map<string, (remark: string | undefined) => void>();
  for (const step of steps) {
    const promise = perform(step, (remark) => shows.get(step.name)?.(remark));
    promise.catch(() => {}); // the list below reports it
    done.set(step.name, promise);
  }
  await display(steps, done, shows, quiet).catch(() => {});
  await Promise.allSettled(done.values());
  if (failures.length > 0) throw failures[0];
  return timings;
}

async function display(
  steps: readonly Step[],
  done: Map<string, Promise<void>>,
  shows: Map<string, (remark: string | undefined) => void>,
  quiet: boolean,
): Promise<void> {
  if (quiet) return;
  if (!process.stderr.isTTY) return displayPlainly(steps, done, shows);
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  const tasks = steps.map(({ name, title }) => ({
    title,
    task: (_: object, task: { title: string | undefined }) => {
      shows.set(name, (remark) => {
        if (remark) task.title = `${title}: ${remark}`;
      });
      return done.get(name)!;
    },
  }));
  const list = new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    rendererOptions: { logger, collapseErrors: false, showErrorMessage: false, formatOutput: 'truncate' },
  });
  await list.run({});
}

/** Without a terminal to draw on: a line for each step when it is done. */
async function displayPlainly(
  steps: readonly Step[],
  done: Map<string, Promise<void>>,
  shows: Map<string, (remark: string | undefined) => void>,
): Promise<void> {
  const lines = steps.map(async ({ name, title }) => {
    let text = title;
    shows.set(name, (remark) => {
      if (remark) text = `${title}: ${remark}`;
    });
    await done.get(name);
    talk(`✔ ${text}`);
  });
  await Promise.all(lines);
}
