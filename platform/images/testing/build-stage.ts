/**
 * Runs the build stage of a Dockerfile in a folder, where no container engine is: the same COPY and RUN steps, the same
 * `.dockerignore`, with `/app` standing for the folder. What the last stage adds (user, labels) is checked by reading.
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { type Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

const { default: dockerignore } = createRequire(import.meta.url)(
  '@balena/dockerignore',
) as typeof import('@balena/dockerignore');

const root = join(import.meta.dirname, '../../..');
const workdir = '/app';

interface Build {
  readonly folder: string;
  readonly variables: Map<string, string>;
  readonly environment: Map<string, string>;
  readonly ignores: (path: string) => boolean;
}

/** Builds the first stage of `images/<name>/Dockerfile` into `folder`. */
export function buildStage(name: string, folder: string, variables: Readonly<Record<string, string>>): void {
  const hidden = dockerignore().add(readFileSync(join(root, '.dockerignore'), 'utf8'));
  const build: Build = {
    folder,
    variables: new Map(Object.entries(variables)),
    environment: new Map(),
    ignores: (path) => hidden.ignores(path),
  };
  const file = DockerfileParser.parse(readFileSync(join(root, 'images', name, 'Dockerfile'), 'utf8'));
  const [, second] = file.getFROMs();
  const end = second?.getRange().start.line ?? Infinity;
  for (const instruction of file.getInstructions())
    if (instruction.getRange().start.line < end) step(build, instruction);
}

function step(build: Build, instruction: Instruction): void {
  const text = substitute(build, instruction.getRawArgumentsContent() ?? '');
  switch (instruction.getKeyword()) {
    case 'FROM':
    case 'ARG':
      return;
    case 'WORKDIR':
      if (text !== workdir) throw new Error(`A build stage works in ${workdir}, not in ${text}.`);
      return;
    case 'ENV': {
      const [key = '', value = ''] = text.split('=');
      build.environment.set(key, value.replace(workdir, build.folder));
      return;
    }
    case 'COPY':
      copy(build, instruction as Copy);
      return;
    case 'RUN':
      execFileSync('sh', ['-c', text], { cwd: build.folder, env: environmentOf(build), stdio: 'pipe' });
      return;
    default:
      throw new Error(`A build stage has no ${instruction.getKeyword()} step.`);
  }
}

const substitute = ({ variables }: Build, text: string): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => variables.get(name) ?? '');

function environmentOf({ environment }: Build): NodeJS.ProcessEnv {
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  return { ...process.env, NODE_ENV: undefined, ...Object.fromEntries(environment), PATH: path };
}

function copy(build: Build, instruction: Copy): void {
  const words = instruction.getArguments().map((argument) => substitute(build, argument.getValue()));
  const target = words.pop() ?? '';
  for (const source of words) {
    const from = join(root, source);
    const into =
      source.endsWith('/') || !target.endsWith('/') ? target : join(target, source.split('/').at(-1) ?? '');
    mkdirSync(dirname(join(build.folder, into)), { recursive: true });
    cpSync(from, join(build.folder, into), {
      recursive: true,
      filter: (path) => !build.ignores(relative(root, path)),
    });
  }
}

/** Opens a folder to every user, and puts a Node beside it that every user can start. */
export function openToAll(folder: string): string {
  execFileSync('chmod', ['-R', 'a+rX,go-w', folder]);
  const node = join(folder, '.node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  return node;
}
