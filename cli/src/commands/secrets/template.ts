import { createModel, environmentOf, readInputs, renderTree } from '@fineract-gitops/platform';
import { sealCommand, secretNeeds } from '@fineract-gitops/platform/secrets';
import type { CommandModule } from '../../command.ts';
import { deployFolder, orRefuse } from '../../platform/refusals.ts';

export const command: CommandModule<{ deploy: string }> = {
  description:
    'Lists every secret that the workloads of an environment read, with its keys and who reads it, and the command ' +
    'that seals it. Nothing here is secret.',
  arguments: [['<environment>', 'which environment']],
  options: [{ flags: '--deploy <directory>', text: 'the tree', value: deployFolder }],
  run: ({ args: [name = ''], options }) =>
    orRefuse(() => {
      const model = createModel();
      const environment = environmentOf(model, name);
      const needs = secretNeeds(model, renderTree(model, readInputs(options.deploy)), environment);
      const secrets = needs.map((need) => ({ ...need, command: sealCommand(name, need) }));
      const text = secrets.map(({ namespace, name: secret, keys, why, readers, command: seal }) =>
        [
          `# ${namespace}/${secret} (${keys.join(', ')}): ${why}`,
          ...readers.map((reader) => `#   read by ${reader}`),
          seal,
        ].join('\n'),
      );
      return { data: { environment: name, secrets }, text: text.join('\n\n') };
    }),
};
