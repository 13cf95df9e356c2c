import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Copy, DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import { createModel } from '../model/model.ts';
import { baseImages, builds } from './builds.ts';

/** The builder's own reading of `.dockerignore`; its types are written for CommonJS. */
const { default: dockerignore } = createRequire(import.meta.url)(
  '@balena/dockerignore',
) as typeof import('@balena/dockerignore');

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Stage {
  readonly from: From;
  readonly instructions: readonly Instruction[];
}

function stagesOf(text: string): readonly Stage[] {
  const file = DockerfileParser.parse(text);
  const froms = file.getFROMs();
  return froms.map((from, i) => {
    const [start, end] = [from.getRange().start.line, froms[i + 1]?.getRange().start.line ?? Infinity];
    const inside = (instruction: Instruction): boolean =>
      instruction.getRange().start.line > start && instruction.getRange().start.line < end;
    return { from, instructions: file.getInstructions().filter(inside) };
  });
}

const uses = (stage: Stage, keyword: string): readonly string[] =>
  stage.instructions
    .filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getArgumentsContent() ?? '');

const copies = (stage: Stage): readonly Copy[] =>
  stage.instructions.filter((instruction): instruction is Copy => instruction.getKeyword() === 'COPY');
const isFromBuild = (copy: Copy): boolean => copy.getFromFlag() !== null;

/** What a Dockerfile does wrong, one sentence each. */
function findings(text: string): readonly string[] {
  const stages = stagesOf(text);
  const last = stages.at(-1);
  if (!last) return ['It has no stage.'];
  const user = uses(last, 'USER').at(-1) ?? 'root';
  return [
    ...stages.flatMap(({ from }) => {
      const image = from.getImage() ?? '';
      return Object.hasOwn(baseImages, image) ? [] : [`${image} is not a base image that was seen.`];
    }),
    ...(stages.length < 2 ? ['It builds in one stage, so tools of the build reach the image.'] : []),
    ...(/^(\d{5,}):\d{5,}$/.test(user) ? [] : [`It ends as user ${user}; use a number above 10000.`]),
    ...(uses(last, 'LABEL').join().includes('org.opencontainers.image.title')
      ? []
      : ['It has no title label.']),
    ...stages
      .flatMap((stage) => [...uses(stage, 'ENV'), ...uses(stage, 'ARG')])
      .flatMap((value) =>
        /password|secret|token|api_?key/i.test(value) ? [`"${value}" puts a secret into a layer.`] : [],
      ),
    ...stages.flatMap((stage) =>
      uses(stage, 'ADD').map((value) => `ADD ${value} fetches or unpacks; use COPY.`),
    ),
    ...copies(last)
      .filter((copy) => !isFromBuild(copy))
      .map(
        (copy) => `The last stage copies ${copy.getArgumentsContent()} from the checkout, not from a build.`,
      ),
    ...stages
      .flatMap((stage) => uses(stage, 'RUN'))
      .filter((value) => /npm (ci|install)/.test(value) && !/--omit=dev/.test(value))
      .map(() => 'It installs development dependencies.'),
    ...stages
      .flatMap(copies)
      .filter((copy) => copy.getArguments()[0]?.getValue() === '.' && !isFromBuild(copy))
      .map(() => 'It copies the whole checkout.'),
  ];
}

const model = createModel();
const ours = Object.entries(model.images).flatMap(([name, { origin }]) => (origin === 'ours' ? [name] : []));

test('every image of ours is built, and every Dockerfile is used', () => {
  expect(Object.keys(builds).sort()).toEqual(ours.toSorted());
  const files = readdirSync(join(root, 'images')).map((name) => `images/${name}/Dockerfile`);
  expect([...new Set(Object.values(builds).map(({ dockerfile }) => dockerfile))].sort()).toEqual(
    files.sort(),
  );
});

test.each(Object.entries(builds))('%s follows the rules', (_name, { dockerfile }) =>
  expect(findings(read(dockerfile))).toEqual([]),
);

test('the Node of the images is the pinned one, and its label says so', () => {
  const { version } = JSON.parse(read('node_modules/node/package.json')) as { version: string };
  for (const { dockerfile } of Object.values(builds)) {
    const text = read(dockerfile);
    for (const [, tag] of text.matchAll(/\bnode:(\S+?)"?\s/g)) expect(tag).toBe(`${version}-bookworm-slim`);
    const last = stagesOf(text).at(-1);
    expect(uses(last!, 'LABEL').join()).toContain(`base.name="${qualified(last?.from.getImage() ?? '')}"`);
  }
});

const qualified = (image: string): string =>
  image.startsWith('quay.io/') ? image : `docker.io/library/${image}`;

test("Keycloak's base is the version that the image table says", () =>
  expect(model.images['keycloak']?.seen).toContain('quay.io/keycloak/keycloak:26.8.0'));

test('the official engine is newer than its last known hole (CVE-2026-35152, up to 1.14.0)', () => {
  const [, minor] = /#1\.(\d+)\.\d+$/.exec(builds['apache-fineract']?.contexts?.['fineract'] ?? '') ?? [];
  expect(Number(minor)).toBeGreaterThanOrEqual(15);
});

describe('a Dockerfile that breaks a rule is refused', () => {
  const good = `FROM node:24.21.0-bookworm-slim AS build
RUN npm ci --omit=dev
FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="x"
COPY --from=build /app ./
USER 10001:10001
`;
  test('the good one is not', () => expect(findings(good)).toEqual([]));
  test.each([
    ['root', good.replace('USER 10001:10001', ''), /as user root/],
    ['a low user', good.replace('10001:10001', '1000:1000'), /as user 1000:1000/],
    ['latest', good.replaceAll('24.21.0-bookworm-slim', 'latest'), /node:latest is not a base image/],
    ['a secret', `${good}ENV DB_PASSWORD=x\n`, /DB_PASSWORD.*into a layer/],
    ['one stage', good.split('\n').slice(2).join('\n'), /one stage/],
    ['development dependencies', good.replace(' --omit=dev', ''), /development dependencies/],
    ['the whole checkout', good.replace('RUN', 'COPY . ./\nRUN'), /whole checkout/],
    ['a download', good.replace('RUN', 'ADD https://example.com/x /x\nRUN'), /use COPY/],
    [
      'a copy beside the build',
      good.replace('COPY --from=build /app ./', 'COPY cli/ cli/'),
      /not from a build/,
    ],
  ])('%s', (_what, text, sentence) => expect(findings(text).join('\n')).toMatch(sentence));
});

test('a Dockerfile that runs npm ci has the manifest of every workspace', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { link?: boolean }>;
  };
  const workspaces = Object.keys(packages).filter((path) => path !== '' && !path.includes('node_modules/'));
  for (const { dockerfile } of Object.values(builds)) {
    const text = read(dockerfile);
    if (!text.includes('npm ci')) continue;
    for (const path of workspaces.filter((workspace) => !workspace.startsWith('packages/')))
      expect(text, dockerfile).toMatch(new RegExp(`^COPY ${path}/(package\\.json )?`, 'm'));
  }
});

test('the builder never sees secrets, tests or what is installed', () => {
  const hidden = dockerignore().add(read('.dockerignore'));
  for (const path of [
    '.git/config',
    '.data/secrets.json',
    'deploy/secrets/dev/a.yaml',
    'services/gateway/.env.log',
  ])
    expect(hidden.ignores(path), path).toBe(true);
  for (const path of ['packages/db/src/pool.test.ts', 'node_modules/a/b.js', 'packages/db/src/testing/a.ts'])
    expect(hidden.ignores(path), path).toBe(true);
  for (const path of [
    'packages/db/src/index.ts',
    'services/gateway/src/main.ts',
    'cli/src/main.ts',
    'package.json',
  ])
    expect(hidden.ignores(path), path).toBe(false);
});
