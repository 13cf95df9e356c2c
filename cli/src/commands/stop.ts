import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { layoutOf } from '../local/layout.ts';
import { isAlive } from '../local/process-identity.ts';
import { endLeftovers, readRunState } from '../local/run-file.ts';

const timeoutMs = 45_000;

export const command: CommandModule<{ data?: string }> = {
  description: 'Ends the bank in order, as Ctrl-C does in its terminal, and what a killed one left running.',
  options: [
    { flags: '--data <directory>', text: 'data directory of the bank (default: .data in the project)' },
  ],
  async run({ options }) {
    const path = layoutOf(options.data).run;
    const state = readRunState(path);
    if (!state) return { data: { stopped: false }, text: 'The bank does not run.' };
    if (isAlive(state.supervisor)) {
      process.kill(state.supervisor.pid, 'SIGTERM');
      for (let waitedMs = 0; isAlive(state.supervisor); waitedMs += 100) {
        if (waitedMs > timeoutMs)
          throw new CliError(`Process ${state.supervisor.pid} does not end: see its logs.`);
        await sleep(100);
      }
    }
    await endLeftovers(state);
    rmSync(path, { force: true });
    return { data: { stopped: true }, text: 'The bank is closed.' };
  },
};
