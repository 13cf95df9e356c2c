import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's directory. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** Where a bank on this machine keeps what; everything but the console's build lies in its data directory. */
export interface Layout {
  data: string;
  secrets: string;
  /** Who runs: the supervisor, its children and their addresses. */
  run: string;
  postgres: string;
  objects: string;
  inbox: string;
  logs: string;
  compileCache: string;
  /** Fingerprint of the demo bank that was loaded last. */
  demoMark: string;
  console: string;
  demoBank: string;
  realm: string;
}

export function layoutOf(dataDirectory?: string): Layout {
  const data = dataDirectory ? resolve(dataDirectory) : join(projectRoot, '.data');
  return {
    data,
    secrets: join(data, 'secrets.json'),
    run: join(data, 'run.json'),
    postgres: join(data, 'postgres'),
    objects: join(data, 'objects'),
    inbox: join(data, 'inbox'),
    logs: join(data, 'logs'),
    compileCache: join(projectRoot, '.data', 'compile-cache'),
    demoMark: join(data, 'demo-bank'),
    console: join(projectRoot, 'services', 'console'),
    demoBank: join(projectRoot, 'bank-config', 'demo'),
    realm: join(projectRoot, 'deploy', 'apps', 'keycloak', 'realm', 'realm-fineract.json'),
  };
}
