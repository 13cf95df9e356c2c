import { once } from 'node:events';
import { connect } from 'node:net';

/** Long enough for an answer on loopback, for servers that keep the connection. */
const QUIET_MS = 400;

/** Sends bytes as they are, past every client library's tidying; status 0 when nothing came back. */
export async function sendRaw(port: number, lines: string[]): Promise<{ status: number; text: string }> {
  const socket = connect(port, 'localhost');
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  socket.on('error', () => {});
  socket.setTimeout(QUIET_MS, () => socket.destroy());
  await once(socket, 'connect');
  socket.write(`${lines.join('\r\n')}\r\n`);
  await once(socket, 'close');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
}
