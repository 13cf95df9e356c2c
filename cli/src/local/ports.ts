import { createServer } from 'node:net';
import { freePort } from '@fineract-gitops/local-postgres';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/** The addresses that people and browsers see; all else takes free ports. */
export interface PublicPorts {
  gateway: number;
  identity: number;
  inbox: number;
}

/**
 * Three ports in a row from `first`, or any three for 0.
 * @throws CliError naming the one that is taken
 */
export async function publicPorts(first: number): Promise<PublicPorts> {
  if (first === 0) {
    const [gateway, identity, inbox] = await freePorts(3);
    return { gateway: gateway!, identity: identity!, inbox: inbox! };
  }
  const ports = { gateway: first, identity: first + 1, inbox: first + 2 };
  for (const [name, port] of Object.entries(ports)) await checkFree(name, port, first);
  return ports;
}

function checkFree(name: string, port: number, first: number): Promise<void> {
  return new Promise((free, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => fail(explain(error, name, port, first)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => free()));
  });
}

function explain(error: NodeJS.ErrnoException, name: string, port: number, first: number): CliError {
  if (error.code === 'EACCES') {
    return new CliError(
      `Port ${port} is reserved for the system: choose one above 1023 with \`npm start -- --port\`.`,
    );
  }
  const other = first + 1000 > 65_000 ? 9000 : first + 1000;
  return new CliError(
    `Port ${port} (${name}) is taken by another program: stop it, or choose others with \`npm start -- --port ${other}\`.`,
    ExitCode.failed,
    { cause: error },
  );
}

/** Different free ports; asked for one after the other, the system could give the same one twice. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** Parses `--port`. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_533) return port;
  throw new CliError('A port is a whole number from 0 (any free one) to 65533.', ExitCode.usage);
}
