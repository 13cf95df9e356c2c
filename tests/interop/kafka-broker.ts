import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type JavaServer, runJava, startJava } from './java-program.ts';
import { installKafka } from './setup/kafka.ts';

/** A record as Kafka's own console consumer reads it. */
export type ConsumedRecord = {
  partition: number;
  key: string;
  headers: Record<string, string>;
  value: unknown;
};

/** A real Kafka broker on loopback with a directory of its own. */
export type KafkaBroker = {
  readonly address: string;
  start(): Promise<void>;
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Reads a topic from its beginning with Kafka's own Java consumer, until `count` records came or none come. */
  consume(topic: string, count: number): Promise<ConsumedRecord[]>;
  remove(): Promise<void>;
};

const quiet = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';

/** Starts a broker of three partitions per topic that makes topics when they are first used. */
export async function startKafka(): Promise<KafkaBroker> {
  const jars = await installKafka();
  const [port, controllerPort] = [await freePort(), await freePort()];
  const directory = await mkdtemp(join(tmpdir(), 'kafka-'));
  const configuration = join(directory, 'server.properties');
  await writeFile(configuration, properties(port, controllerPort, join(directory, 'data')));
  const clusterId = randomBytes(16).toString('base64url');
  const format = ['format', '-t', clusterId, '-c', configuration];
  await runJava({ jars, main: 'kafka.tools.StorageTool', arguments: format, options: [quiet] });

  const address = `127.0.0.1:${port}`;
  let server: JavaServer | undefined;
  const broker: KafkaBroker = {
    address,
    async start() {
      const options = ['-Xmx256m', quiet];
      server ??= await startJava({ jars, main: 'kafka.Kafka', arguments: [configuration], options }, port);
    },
    async stop(signal) {
      await server?.stop(signal);
      server = undefined;
    },
    async consume(topic, count) {
      const printed = ['partition', 'headers', 'key'].flatMap((part) => [
        '--formatter-property',
        `print.${part}=true`,
      ]);
      const limits = ['--from-beginning', '--max-messages', String(count), '--timeout-ms', '8000'];
      const values = ['--bootstrap-server', address, '--topic', topic, ...limits, ...printed];
      const main = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
      const output = await runJava({ jars, main, arguments: values, options: ['-Xmx128m', quiet] });
      return output
        .split('\n')
        .filter((line) => line !== '')
        .map(readRecord);
    },
    async remove() {
      await broker.stop('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

function readRecord(line: string): ConsumedRecord {
  const [partition = '', headers = '', key = '', value = ''] = line.split('\t');
  const pairs = headers.split(',').map((header) => header.split(/:(.*)/s, 2) as [string, string]);
  return {
    partition: Number(partition.replace('Partition:', '')),
    headers: Object.fromEntries(pairs),
    key,
    value: JSON.parse(value),
  };
}

function properties(port: number, controllerPort: number, data: string): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': data,
    'num.partitions': 3,
    'auto.create.topics.enable': true,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
