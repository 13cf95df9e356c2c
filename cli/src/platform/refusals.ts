import { join } from 'node:path';
import { ModelError } from '@fineract-gitops/platform';
import { SecretError } from '@fineract-gitops/platform/secrets';
import { CliError } from '../cli-error.ts';
import { projectRoot } from '../local/layout.ts';

/** Where the rendered tree lies. */
export const deployFolder = join(projectRoot, 'deploy');

/** Runs a step of the platform; what it refuses becomes the command's one sentence. */
export async function orRefuse<T>(step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ModelError || error instanceof SecretError)
      throw new CliError(error.message, undefined, { cause: error });
    throw error;
  }
}
