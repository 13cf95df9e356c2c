import { readFileSync } from 'node:fs';
import { parseSealed, readRecoveryKeys, unseal } from '@fineract-gitops/platform/secrets';
import { stringify } from 'yaml';
import { CliError } from '../cli-error.ts';
import { type CommandModule, talk } from '../command.ts';
import { ExitCode } from '../exit-codes.ts';
import { orRefuse } from '../platform/refusals.ts';

export const command: CommandModule<{ recoveryKey?: readonly string[] }> = {
  description:
    'For recovery: opens a sealed file with the private keys of the controller, kept outside the cluster, and prints ' +
    'the secret in plain text. Several keys are tried, since the controller renews its key every 30 days.',
  arguments: [['<file>', 'the sealed file; `-` is standard input']],
  options: [
    {
      flags: '--recovery-key <files...>',
      text: "private keys (PEM), or the controller's key Secrets as kubectl prints them",
    },
  ],
  run: ({ args: [file = '-'], options }) =>
    orRefuse(() => {
      const files = options.recoveryKey ?? [];
      if (files.length === 0)
        throw new CliError(
          'Give at least one --recovery-key; only its owner can open a secret.',
          ExitCode.usage,
        );
      const keys = files.flatMap((path) => readRecoveryKeys(read(path), path));
      const secret = unseal(keys, parseSealed(read(file), file));
      talk('What follows is secret: do not save it where Git sees it.');
      return { data: secret, text: stringify(secret, { lineWidth: 0 }).trimEnd() };
    }),
};

function read(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new CliError(`${path} could not be read; give a file that is there.`, undefined, { cause });
  }
}
