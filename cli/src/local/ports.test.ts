import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts, parsePort, publicPorts } from './ports.ts';

it('gives different free ports', async () => {
  expect(new Set(await freePorts(20)).size).toBe(20);
  expect(new Set(Object.values(await publicPorts(0))).size).toBe(3);
});

it('says which of the three is taken, by its service, and what to do', async () => {
  const other = createServer();
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
  const { port } = other.address() as { port: number };
  await expect(publicPorts(port - 1)).rejects.toThrow(
    new RegExp(
      `^Port (${port - 1} \\(gateway\\)|${port} \\(identity\\)) is taken by another program: stop it, or choose others`,
    ),
  );
  other.close();
});

it('takes whole numbers that leave room for three', () => {
  expect(parsePort('0')).toBe(0);
  expect(parsePort('65533')).toBe(65_533);
  for (const text of ['-1', '1.5', '65534', 'x']) {
    expect(() => parsePort(text)).toThrow('A port is a whole number');
  }
});
