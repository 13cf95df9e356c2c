/** All permissions follow from the declared commands and queries; nobody keeps a list by hand. */
import type { Domain, PermissionDeclaration } from './domain.ts';

const UNIVERSAL: readonly PermissionDeclaration[] = [
  { grouping: 'special', code: 'ALL_FUNCTIONS', entity: 'ALL', action: 'ALL_FUNCTIONS' },
  { grouping: 'special', code: 'ALL_FUNCTIONS_READ', entity: 'ALL', action: 'ALL_FUNCTIONS_READ' },
];

export function declaredPermissions(domains: readonly Domain[]): PermissionDeclaration[] {
  const byCode = new Map(UNIVERSAL.map((permission) => [permission.code, permission]));
  const add = (permission: PermissionDeclaration) => byCode.set(permission.code, permission);
  for (const { commands = [], queries = [], extraPermissions = [] } of domains) {
    for (const { action, entity, grouping } of commands)
      add({ grouping, code: `${action}_${entity}`, entity, action });
    for (const { permission, grouping } of queries) {
      if (permission?.startsWith('READ_'))
        add({ grouping, code: permission, entity: permission.slice(5), action: 'READ' });
    }
    extraPermissions.forEach(add);
  }
  return [...byCode.values()];
}
