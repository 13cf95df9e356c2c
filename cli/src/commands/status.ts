import Table from 'cli-table3';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { layoutOf } from '../local/layout.ts';
import { isAlive } from '../local/process-identity.ts';
import { type RunState, readRunState } from '../local/run-file.ts';

export const command: CommandModule<{ data?: string }> = {
  description: `Exit code ${ExitCode.ok} when the bank runs, ${ExitCode.missing} when it does not.`,
  options: [
    { flags: '--data <directory>', text: 'data directory of the bank (default: .data in the project)' },
  ],
  async run({ options }) {
    const state = readRunState(layoutOf(options.data).run);
    if (!state || !isAlive(state.supervisor)) {
      const data = { running: false, ready: false, services: [] };
      return { data, text: 'The bank does not run; `npm start` starts it.', exitCode: ExitCode.missing };
    }
    const services = state.services.map(({ name, pid, startedAt }) => ({
      name,
      pid,
      running: isAlive({ pid, startedAt }),
      url: state.urls[name],
    }));
    const { ready, profile, supervisor } = state;
    const data = { running: true, ready, profile, pid: supervisor.pid, services };
    return { data, text: describe(state, services) };
  },
};

function describe(
  state: RunState,
  services: { name: string; pid: number; running: boolean; url?: string | undefined }[],
): string {
  const table = new Table({
    head: ['service', 'state', 'process', 'address'],
    style: { head: [], border: [] },
  });
  for (const { name, running, pid, url } of services)
    table.push([name, running ? 'runs' : 'ended', pid, url ?? '']);
  const open = state.ready ? `is open at ${state.urls['gateway']}` : 'is starting';
  return `The bank ${open} (profile ${state.profile}, process ${state.supervisor.pid}).\n${table.toString()}`;
}
