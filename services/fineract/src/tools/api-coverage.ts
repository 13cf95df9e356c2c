/**
 * `npm run api:coverage -- FILE.tsv [--missing] [--json]`: how much of an inventory of operations the real route table
 * serves. The inventory has the columns area, method, path, commands, permission, used_by_web_app, web_app_screens.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { domains } from '../bank.ts';
import { authenticationOperations } from '../kernel/http/login.ts';
import { routeTable } from '../kernel/route-table.ts';
import { type AreaCoverage, type Coverage, compareWithInventory, parseInventory } from './coverage.ts';

const USAGE = `Usage: npm run api:coverage -- FILE.tsv [--missing] [--json]

  FILE.tsv    inventory of operations (area, method, path, commands, permission, used_by_web_app, web_app_screens)
  --missing   list the operations and commands that are not served
  --json      print everything as JSON
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { missing: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const file = positionals[0];
  if (values.help || file === undefined) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const inventory = parseInventory(await readFile(file, 'utf8'));
  const coverage = compareWithInventory(inventory, [...routeTable(domains), ...authenticationOperations]);
  process.stdout.write(
    values.json ? `${JSON.stringify(coverage, null, 2)}\n` : report(coverage, values.missing ?? false),
  );
  return 0;
}

function report({ areas, total, webApp, missing }: Coverage, listMissing: boolean): string {
  const lines = [
    row('area', 'operations', 'commands', 'used by the web app'),
    ...areas.map((area) => row(area.area, ratio(area.operations), ratio(area.commands), ratio(area.webApp))),
    row('total', ratio(total.operations), ratio(total.commands), ratio(webApp)),
  ];
  if (listMissing)
    lines.push('', 'Not served (* used by the web app):', ...missing.map((each) => `  ${each}`));
  return `${lines.join('\n')}\n`;
}

function row(...cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(16) : cell.padStart(20))).join('');
}

function ratio({ served, total }: AreaCoverage['operations']): string {
  return `${served} / ${total}`;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    process.stderr.write(`The coverage could not be counted: ${error.message}\n`);
    process.exitCode = 1;
  },
);
