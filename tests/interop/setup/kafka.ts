import { readFile } from 'node:fs/promises';
import { installJars, type Jars } from './maven.ts';

/** Installs the Kafka that the interoperability tests start: `node tests/interop/setup/kafka.ts` prints where. */
export async function installKafka(): Promise<string> {
  const jars = JSON.parse(await readFile(new URL('./kafka-jars.json', import.meta.url), 'utf8')) as Jars;
  return installJars('kafka-4.3.1', jars);
}

if (import.meta.main) console.log(await installKafka());
