/**
 * All operations of a list of domains, by method and path: what the server registers, OpenAPI prints and the coverage
 * tool counts. Commands that share a path are told apart by `?command=`.
 */
import type { AnyCommand, AnyQuery, Domain } from './domain.ts';

export interface CommandRoute {
  readonly kind: 'command';
  readonly version: 'v1';
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly commands: readonly AnyCommand[];
}

export interface QueryRoute {
  readonly kind: 'query';
  readonly version: 'v1' | 'v2';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: AnyQuery;
}

export type Route = CommandRoute | QueryRoute;

/** @throws Error when two domains claim the same operation: a mistake in the declarations */
export function routeTable(domains: readonly Domain[]): Route[] {
  const queries = domains.flatMap(({ queries = [] }) => queries);
  const routes: Route[] = queries.map((query) => {
    const { method = 'GET', version = 'v1', path } = query;
    return { kind: 'query', method, version, path, query };
  });
  refuseRepeats(routes.map(({ method, version, path }) => `${method} /${version}${path}`));

  const grouped = Map.groupBy(
    domains.flatMap(({ commands = [] }) => commands),
    ({ method, path }) => `${method} ${path}`,
  );
  for (const [operation, commands] of grouped) {
    refuseRepeats(commands.map(({ command }) => `${operation} ${command ?? ''}`));
    const { method, path } = commands[0]!;
    routes.push({ kind: 'command', version: 'v1', method, path, commands });
  }
  return routes;
}

/** The command that a request means, or `undefined` when none has that name. */
export function selectCommand(route: CommandRoute, name: string | undefined): AnyCommand | undefined {
  const wanted = name?.trim().toLowerCase() || undefined;
  return (
    route.commands.find(({ command }) => command?.toLowerCase() === wanted) ??
    // Paths without commands of their own ignore the parameter, as Fineract does.
    (route.commands.every(({ command }) => command === undefined) ? route.commands[0] : undefined)
  );
}

function refuseRepeats(operations: readonly string[]): void {
  const repeated = operations.find((operation, index) => operations.indexOf(operation) !== index);
  if (repeated) throw new Error(`two declarations claim ${repeated}`);
}
