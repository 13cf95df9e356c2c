/** The real bank's year that the import is proved on. It stays outside the repository. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '../..');

export const berkaDirectory = process.env['BERKA_DIR'] ?? resolve(projectRoot, '../shared/data/berka');

/** Whether the data is there. Where it is not, its tests are counted as skipped, and this says so. */
export const hasBerka = existsSync(join(berkaDirectory, 'trans-1993.csv'));

if (!hasBerka) {
  process.stderr.write(
    `\nNOT TESTED: the import of a real bank's data, for it is not in ${berkaDirectory}. Put its CSV files there, or set BERKA_DIR.\n\n`,
  );
}
