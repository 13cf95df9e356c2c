import { expect, test } from 'vitest';
import { compareWithInventory, parseInventory } from './coverage.ts';

const header = 'area\tmethod\tpath\tcommands\tpermission\tused_by_web_app\tweb_app_screens';
const inventory = parseInventory(
  [
    header,
    'clients\tGET\t/v1/clients/{clientId}\t\tREAD_CLIENT\tyes\tclients',
    'clients\tPOST\t/v1/clients/{clientId}\tactivate,close\t*=X\tyes\tclients',
    'loans\tGET\t/v1/loans\t\tREAD_LOAN\tno\t',
  ].join('\n'),
);

test('counts operations, commands and what the web app uses', () => {
  const coverage = compareWithInventory(inventory, [
    { method: 'GET', path: '/clients/:id' },
    { method: 'POST', path: '/clients/:clientId', commands: [{ command: 'Activate' }] },
  ]);
  expect(coverage.total).toEqual({ operations: { served: 2, total: 3 }, commands: { served: 1, total: 2 } });
  expect(coverage.webApp).toEqual({ served: 2, total: 2 });
  expect(coverage.areas.map(({ area }) => area)).toEqual(['clients', 'loans']);
  expect(coverage.missing).toEqual(['* POST /v1/clients/{clientId}?command=close', '  GET /v1/loans']);
});

test('a route of the same path and another method does not count', () => {
  const coverage = compareWithInventory(inventory, [{ method: 'PUT', path: '/clients/:id' }]);
  expect(coverage.total.operations.served).toBe(0);
});

test('names the line that is no operation', () => {
  expect(() => parseInventory(`${header}\nclients GET /v1/clients`)).toThrow('line 2');
});
