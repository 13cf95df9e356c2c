import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startJava } from './java-program.ts';
import { installS3 } from './setup/s3.ts';

/** A real S3 server on loopback that checks signatures and keeps objects in a directory. */
export type S3Server = { readonly endpoint: string; remove(): Promise<void> };

/** Starts S3Proxy with one empty bucket. */
export async function startS3(
  bucket: string,
  accessKeyId: string,
  secretAccessKey: string,
): Promise<S3Server> {
  const jars = await installS3();
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 's3-'));
  const data = join(directory, 'data');
  await mkdir(join(data, bucket), { recursive: true });
  const configuration = join(directory, 's3proxy.conf');
  const endpoint = `http://127.0.0.1:${port}`;
  const settings = {
    's3proxy.endpoint': endpoint,
    's3proxy.authorization': 'aws-v4',
    's3proxy.identity': accessKeyId,
    's3proxy.credential': secretAccessKey,
    'jclouds.provider': 'filesystem-nio2',
    'jclouds.filesystem.basedir': data,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(configuration, lines.join(''));
  const program = { jars, main: 'org.gaul.s3proxy.Main', arguments: ['--properties', configuration] };
  const server = await startJava({ ...program, options: ['-Xmx192m'] }, port);
  return {
    endpoint,
    async remove() {
      await server.stop('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
