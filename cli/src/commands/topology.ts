import { createModel, environmentOf } from '@fineract-gitops/platform';
import { type Topology, toMermaid, topologyOf, toSvg } from '@fineract-gitops/platform/topology';
import { CliError } from '../cli-error.ts';
import type { CommandModule } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { orRefuse } from '../platform/refusals.ts';

interface TopologyOptions {
  readonly svg: boolean;
  readonly mermaid: boolean;
}

export const command: CommandModule<TopologyOptions> = {
  description:
    'Prints the components of an environment by layer and every connection between them; --svg and --mermaid draw ' +
    'them (`fineract-gitops topology production --svg > production.svg`).',
  arguments: [['<environment>', 'which environment']],
  options: [
    { flags: '--svg', text: 'draw as SVG', value: false },
    { flags: '--mermaid', text: 'draw as Mermaid', value: false },
  ],
  async run({ args: [name = ''], options: { svg, mermaid } }) {
    if (svg && mermaid) throw new CliError('Choose --svg or --mermaid.', ExitCode.usage);
    const model = createModel();
    const topology = await orRefuse(() => topologyOf(model, environmentOf(model, name)));
    if (svg) {
      const drawing = await toSvg(topology);
      return { data: { format: 'svg', drawing }, text: drawing.trimEnd() };
    }
    if (mermaid) {
      const drawing = toMermaid(topology);
      return { data: { format: 'mermaid', drawing }, text: drawing };
    }
    return { data: topology, text: listed(topology) };
  },
};

function listed({ groups, arrows }: Topology): string {
  const arrowsOf = (name: string): readonly string[] =>
    arrows
      .filter(({ from }) => from === name)
      .map(({ to, ports, whys }) => `    -> ${to}:${ports.join(',')}  ${whys.join('; ')}`);
  return groups
    .map(({ title, boxes }) =>
      [title, ...boxes.flatMap(({ name, detail }) => [`  ${name}  (${detail})`, ...arrowsOf(name)])].join(
        '\n',
      ),
    )
    .join('\n\n');
}
