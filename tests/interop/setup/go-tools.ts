import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fineract-gitops', 'go');

interface GoTool {
  /** The package of the program, below its module. */
  readonly module: string;
  readonly command: string;
  readonly version: string;
  /** Where the module is served, when not under its own name. */
  readonly servedAs?: string;
}

/** Programs that the interoperability tests build from the Go module proxy; its checksum database verifies them. */
export const goTools = {
  // The project moved in June 2026; the proxy still serves it under its former name.
  kubeseal: {
    module: 'github.com/bitnami/sealed-secrets',
    command: 'cmd/kubeseal',
    version: 'v0.40.0',
    servedAs: 'github.com/bitnami-labs/sealed-secrets',
  },
  kubeconform: { module: 'github.com/yannh/kubeconform', command: 'cmd/kubeconform', version: 'v0.8.0' },
  'fake-gcs-server': { module: 'github.com/fsouza/fake-gcs-server', command: '.', version: 'v1.56.1' },
  'kube-score': { module: 'github.com/zegl/kube-score', command: 'cmd/kube-score', version: 'v1.20.0' },
} as const satisfies Readonly<Record<string, GoTool>>;

/**
 * Builds one program into the user's cache, outside the checkout; nothing when it is there.
 *
 * @returns the program's path
 * @throws Error with a sentence when Go is missing or the build fails
 */
export async function installGoTool(name: keyof typeof goTools): Promise<string> {
  const tool: GoTool = goTools[name];
  const folder = join(cache, `${name}-${tool.version}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  const building = `${program}.${process.pid}`;
  try {
    await writeFile(join(folder, 'go.mod'), moduleFile(name, tool));
    await go(folder, 'get', `${packageOf(tool)}@${tool.version}`);
    await go(folder, 'build', '-trimpath', '-ldflags=-s -w', '-o', building, packageOf(tool));
  } catch (cause) {
    throw new Error(
      `Could not build ${name} ${tool.version}: this test needs Go 1.26.2 or newer and the Go module proxy once.`,
      { cause },
    );
  }
  // A program is there whole or not at all.
  await rename(building, program);
  return program;
}

const packageOf = ({ module, command }: GoTool): string =>
  command === '.' ? module : `${module}/${command}`;

const go = (cwd: string, ...args: string[]) =>
  run('go', args, {
    cwd,
    env: { ...process.env, GOFLAGS: '-buildvcs=false -mod=mod' },
    timeout: 900_000,
    maxBuffer: 64 * 1024 ** 2,
  });

function moduleFile(name: string, { module, version, servedAs }: GoTool): string {
  const replace = servedAs ? `replace ${module} => ${servedAs} ${version}\n` : '';
  return `module ${name}-build\n\ngo 1.25.0\n\n${replace}`;
}

if (import.meta.main) {
  for (const name of Object.keys(goTools) as (keyof typeof goTools)[]) console.log(await installGoTool(name));
}
