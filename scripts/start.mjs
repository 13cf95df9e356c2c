/** `npm start`: sets up what is missing, then hands over to `fineract-gitops start` on the pinned Node. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pinnedNode, root, setup } from './setup.mjs';

setup();
const main = join(root, 'cli', 'src', 'main.ts');
// Node keeps what it made of the TypeScript sources; every later start is faster and smaller for it.
const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.data', 'compile-cache') };
const child = spawn(pinnedNode, [main, 'start', ...process.argv.slice(2)], { env, stdio: 'inherit' });

// The child stops the bank in order; we wait for it and end as it does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal];
});
