/** OpenAPI from the declarations: what is registered is what is documented. */
import { bodySchemaOf } from '../fields/index.ts';
import type { Route } from '../route-table.ts';

/** The schema that Fastify's OpenAPI plugin reads; requests themselves are validated by the command pipeline. */
export function routeSchema(route: Route): Record<string, unknown> {
  const params = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => name!);
  return {
    ...(params.length > 0 ? { params: stringProperties(params, params) } : {}),
    ...(route.kind === 'query' ? querySchema(route) : commandSchema(route)),
  };
}

function querySchema({ query }: Route & { kind: 'query' }): Record<string, unknown> {
  return {
    summary: query.summary,
    tags: [query.grouping],
    querystring: stringProperties([...(query.parameters ?? []), 'fields', 'pretty']),
    ...(query.body ? { body: bodySchemaOf(query.body) } : {}),
    description:
      query.permission === null ? 'Any user who is logged in.' : `Permission: \`${query.permission}\``,
  };
}

function commandSchema({ commands }: Route & { kind: 'command' }): Record<string, unknown> {
  const bodies = commands.map((command) => ({ title: command.summary, ...bodySchemaOf(command.body) }));
  const names = commands.flatMap(({ command }) => (command === undefined ? [] : [command]));
  const first = commands[0]!;
  return {
    summary: commands.length === 1 ? first.summary : `Commands: ${names.join(', ')}`,
    tags: [first.grouping],
    description: commands
      .map(
        ({ command, summary, action, entity }) =>
          `${command ? `\`${command}\`: ` : ''}${summary}. Permission: \`${action}_${entity}\``,
      )
      .join('\n\n'),
    ...(names.length > 0
      ? { querystring: { type: 'object', properties: { command: { type: 'string', enum: names } } } }
      : {}),
    ...(first.method === 'DELETE' ? {} : { body: bodies.length === 1 ? bodies[0] : { oneOf: bodies } }),
  };
}

function stringProperties(
  names: readonly string[],
  required: readonly string[] = [],
): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    ...(required.length > 0 ? { required } : {}),
  };
}
