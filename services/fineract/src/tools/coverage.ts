/** Compares a route table with an inventory of operations. Pure: no I/O. */

export interface Operation {
  readonly area: string;
  readonly method: string;
  /** Below `/api`, parameters as `{}`: `/v1/clients/{}`. */
  readonly path: string;
  readonly shownPath: string;
  readonly commands: readonly string[];
  readonly usedByWebApp: boolean;
}

/** What the comparison needs of a served route; `commands` where `?command=` selects. */
export interface ServedRoute {
  readonly method: string;
  readonly path: string;
  readonly version?: 'v1' | 'v2';
  readonly commands?: readonly { readonly command?: string }[];
}

export interface Count {
  readonly served: number;
  readonly total: number;
}

export interface AreaCoverage {
  readonly area: string;
  readonly operations: Count;
  readonly commands: Count;
  readonly webApp: Count;
}

export interface Coverage {
  readonly areas: readonly AreaCoverage[];
  readonly total: { readonly operations: Count; readonly commands: Count };
  readonly webApp: Count;
  /** `* POST /v1/clients/{clientId}?command=close`; the star marks what the web app uses. */
  readonly missing: readonly string[];
}

/** @throws Error naming the line that is no operation */
export function parseInventory(text: string): Operation[] {
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 }));
  return lines
    .filter(({ line, number }) => number > 1 && line.trim() !== '')
    .map(({ line, number }) => {
      const [area, method, path, commands = '', , usedByWebApp = ''] = line.split('\t');
      if (!area || !/^[A-Z]+$/.test(method ?? '') || !path?.startsWith('/')) {
        throw new Error(`line ${number} is no operation: expected area, method and path, separated by tabs`);
      }
      return {
        area,
        method: method!,
        path: normalised(path),
        shownPath: path,
        commands: commands
          .split(',')
          .map((each) => each.trim())
          .filter(Boolean),
        usedByWebApp: usedByWebApp.trim() === 'yes',
      };
    });
}

export function compareWithInventory(
  inventory: readonly Operation[],
  routes: readonly ServedRoute[],
): Coverage {
  const served = new Map(routes.map((route) => [keyOf(route), commandsOf(route)]));
  const judged = inventory.map((operation) =>
    judge(operation, served.get(`${operation.method} ${operation.path}`)),
  );
  const areas = [...Map.groupBy(judged, ({ operation }) => operation.area)].map(([area, members]) => ({
    area,
    ...countAll(members),
  }));
  const { operations, commands, webApp } = countAll(judged);
  return { areas, total: { operations, commands }, webApp, missing: judged.flatMap(missingOf) };
}

interface Judged {
  readonly operation: Operation;
  readonly served: boolean;
  readonly missingCommands: readonly string[];
}

function judge(operation: Operation, commands: ReadonlySet<string> | undefined): Judged {
  const missingCommands = operation.commands.filter((command) => !commands?.has(command.toLowerCase()));
  return { operation, served: commands !== undefined, missingCommands };
}

function countAll(judged: readonly Judged[]): Pick<AreaCoverage, 'operations' | 'commands' | 'webApp'> {
  const commandsTotal = judged.reduce((sum, { operation }) => sum + operation.commands.length, 0);
  const commandsMissing = judged.reduce((sum, { missingCommands }) => sum + missingCommands.length, 0);
  return {
    operations: countServed(judged),
    commands: { served: commandsTotal - commandsMissing, total: commandsTotal },
    webApp: countServed(judged.filter(({ operation }) => operation.usedByWebApp)),
  };
}

function countServed(judged: readonly Judged[]): Count {
  return { served: judged.filter(({ served }) => served).length, total: judged.length };
}

function missingOf({ operation, served, missingCommands }: Judged): string[] {
  const mark = operation.usedByWebApp ? '*' : ' ';
  const shown = `${mark} ${operation.method} ${operation.shownPath}`;
  return served ? missingCommands.map((command) => `${shown}?command=${command}`) : [shown];
}

function keyOf({ method, path, version = 'v1' }: ServedRoute): string {
  return `${method} ${normalised(`/${version}${path}`)}`;
}

function commandsOf({ commands = [] }: ServedRoute): ReadonlySet<string> {
  return new Set(commands.flatMap(({ command }) => (command === undefined ? [] : [command.toLowerCase()])));
}

/** `/v1/clients/:clientId` and `/v1/clients/{clientId}` are the same place. */
function normalised(path: string): string {
  return path.replace(/\{[^}]*\}|:[A-Za-z]+/g, '{}').replace(/\/$/, '');
}
