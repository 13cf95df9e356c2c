/** Progress of an import, on standard error: a bar with rows and rate on a terminal, a line now and then elsewhere. */
import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import { talk } from '../command.ts';

export interface ImportProgress {
  /**
   * Shows a step while it works.
   *
   * @param total how much there is to do; `null` when nobody knows
   * @param work is given a function that takes how much is done
   */
  step<T>(
    title: string,
    total: number | null,
    work: (show: (done: number) => void) => Promise<T>,
  ): Promise<T>;
}

const LINE_EVERY_MS = 2000;
const BAR_WIDTH = 24;

export function createProgress(quiet: boolean): ImportProgress {
  if (quiet) return { step: (_title, _total, work) => work(() => {}) };
  return process.stderr.isTTY ? onTerminal() : inLines();
}

function onTerminal(): ImportProgress {
  const logger = new ListrLogger({ processOutput: new ProcessOutput(process.stderr, process.stderr) });
  return {
    async step<T>(title: string, total: number | null, work: (show: (done: number) => void) => Promise<T>) {
      let result: T | undefined;
      const began = performance.now();
      const list = new Listr(
        [
          {
            title,
            task: async (_, task) => {
              result = await work((done) => {
                task.title = describe(title, done, total, began);
              });
            },
          },
        ],
        { rendererOptions: { logger, showErrorMessage: false, collapseErrors: false } },
      );
      await list.run();
      return result as T;
    },
  };
}

function inLines(): ImportProgress {
  return {
    async step(title, total, work) {
      const began = performance.now();
      let said = began;
      let last = 0;
      const result = await work((done) => {
        last = done;
        if (performance.now() - said < LINE_EVERY_MS) return;
        said = performance.now();
        talk(describe(title, done, total, began));
      });
      talk(describe(title, last, total, began));
      return result;
    },
  };
}

function describe(title: string, done: number, total: number | null, began: number): string {
  const seconds = (performance.now() - began) / 1000;
  const rate = seconds > 0.2 ? ` · ${Math.round(done / seconds)}/s` : '';
  if (total === null) return `${title}: ${done}${rate}`;
  const filled = total === 0 ? BAR_WIDTH : Math.round((done / total) * BAR_WIDTH);
  return `${title}: ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${done}/${total}${rate}`;
}
