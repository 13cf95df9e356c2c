import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ProcessSpec } from './launch.ts';
import { projectRoot } from './layout.ts';
import { ownEnv, withoutUndefined } from './services.ts';

/** The machine's `redis-server`, if it has one. */
export function findRedis(searchPath = process.env.PATH ?? ''): string | undefined {
  return searchPath
    .split(':')
    .map((directory) => join(directory, 'redis-server'))
    .find((path) => existsSync(path));
}

/** A small Redis for the cache alone: on loopback, with a password, nothing on disk, the least used entries go first. */
export function redisSpec(program: string, port: number, password: string): ProcessSpec {
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    'maxmemory 64mb',
    'maxmemory-policy allkeys-lru',
    'daemonize no',
  ];
  return {
    name: 'redis',
    command: program,
    args: ['-'],
    input: `${settings.join('\n')}\n`,
    cwd: projectRoot,
    env: withoutUndefined(ownEnv()),
    isReady: () => answersPing(port, password),
  };
}

function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    let answer = '';
    socket.once('error', () => end(false)).once('timeout', () => end(false));
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += chunk;
      if (answer.includes('+PONG')) end(true);
      else if (answer.includes('-ERR')) end(false);
    });
  });
}
