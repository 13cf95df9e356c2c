import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  instance: string;
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
};

export type TestCore = {
  /** Environment variables that lead a gateway here. */
  environment: Record<string, string>;
  received: Received[];
  last: () => Received;
  close: () => Promise<void>;
};

/** Three small servers in the core's place, which answer with what reached them; paths with `slow` never answer. */
export async function startTestCore(): Promise<TestCore> {
  const received: Received[] = [];
  const started = await Promise.all(['read', 'write', 'batch'].map((name) => startInstance(name, received)));
  const [read, write, batch] = started.map(({ url }) => url) as [string, string, string];
  return {
    environment: { GATEWAY_READ_URL: read, GATEWAY_WRITE_URL: write, GATEWAY_BATCH_URL: batch },
    received,
    last: () => {
      const found = received.at(-1);
      if (found === undefined) throw new Error('nothing reached the core');
      return found;
    },
    close: async () => {
      await Promise.all(started.map(({ close }) => close()));
    },
  };
}

async function startInstance(instance: string, received: Received[]) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers } = request;
    received.push({ instance, method, url, headers, body });
    if (url.includes('slow')) return;
    if (url.includes('reset')) return request.socket.destroy();
    const answerHeaders = {
      'content-type': 'application/json',
      'set-cookie': 'fineract_session=planted',
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'www-authenticate': 'Basic realm="core"',
      server: 'core/1.0',
    };
    response
      .writeHead(url.includes('busy') ? 503 : 200, answerHeaders)
      .end(JSON.stringify({ instance, method, url }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
