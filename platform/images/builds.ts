/** How our own images are built: which Dockerfile, from which folder, on which base. */

import { type Model, ModelError } from '../model/model.ts';

export interface Build {
  readonly dockerfile: string;
  readonly context: string;
  readonly arguments?: Readonly<Record<string, string>>;
  /** Named contexts beside the main one. */
  readonly contexts?: Readonly<Record<string, string>>;
}

const service = (name: string): Build => ({
  dockerfile: 'images/service/Dockerfile',
  context: '.',
  arguments: { SERVICE: name },
});

/** By the image's name in `platform/model/images.ts`. */
export const builds: Readonly<Record<string, Build>> = {
  fineract: service('fineract'),
  gateway: service('gateway'),
  'user-sync': service('user-sync'),
  console: { dockerfile: 'images/console/Dockerfile', context: '.' },
  tools: { dockerfile: 'images/tools/Dockerfile', context: '.' },
  keycloak: { dockerfile: 'images/keycloak/Dockerfile', context: 'images/keycloak' },
  'apache-fineract': {
    dockerfile: 'images/apache-fineract/Dockerfile',
    context: 'images/apache-fineract',
    contexts: { fineract: 'https://github.com/apache/fineract.git#1.15.0' },
  },
};

/** Images that ours stand on; a Dockerfile may name no other, and each was seen where it says. */
export const baseImages = {
  'node:24.21.0-bookworm-slim': 'pinned with digest in public Dockerfiles, 2026-11',
  'quay.io/keycloak/keycloak:26.8.0': 'component reference; pinned with digest in public manifests, 2026-11',
  'eclipse-temurin:21.0.12_8-jdk-noble': 'pinned in public Dockerfiles, 2026-10',
  'eclipse-temurin:21.0.12_8-jre-noble': 'pinned in public Dockerfiles, 2026-10',
} as const satisfies Readonly<Record<string, string>>;

const flags = (flag: string, values: Readonly<Record<string, string>> = {}): readonly string[] =>
  Object.entries(values).map(([key, value]) => `--${flag} ${key}=${value}`);

/** The command that builds one of our images, for whichever engine speaks Docker's command line. */
export function buildCommand(model: Model, name: string, reference: string): string {
  const build = builds[name];
  if (!build) throw new ModelError(`"${name}" is not built here; it is pulled.`);
  const version = model.images[name]?.tag ?? '';
  return [
    `docker build --file ${build.dockerfile}`,
    ...flags('build-arg', { ...build.arguments, VERSION: version, REVISION: '$(git rev-parse HEAD)' }),
    ...flags('build-context', build.contexts),
    `--tag ${reference} ${build.context}`,
  ].join(' ');
}
