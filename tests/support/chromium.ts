import { existsSync } from 'node:fs';

/** Where Chromium is. @throws Error that says how to install it: a browser test must not pass by not running */
export function chromiumPath(): string {
  const candidates = [
    process.env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found) return found;
  throw new Error('Chromium is not installed: apt-get install chromium, or name it in CHROMIUM_PATH.');
}
