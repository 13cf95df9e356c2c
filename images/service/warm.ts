/** At image build: loads a service's modules once, so that their compiled code lies in NODE_COMPILE_CACHE. */

import { readdirSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';

const folder = resolve(process.argv[2] ?? '.');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
// `main.ts` starts the service and tools are programs of their own; everything else only defines.
const modules = files.filter(
  (path) => path.endsWith('.ts') && path !== 'main.ts' && !path.startsWith('tools'),
);

for (const path of modules) await import(join(folder, path));
flushCompileCache();
console.log(`${modules.length} modules of ${folder} are compiled.`);
process.exit(0);
