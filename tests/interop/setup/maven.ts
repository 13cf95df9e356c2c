import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Paths in a Maven repository and the SHA-256 of what is there. */
export type Jars = Readonly<Record<string, string>>;

const repository = process.env['MAVEN_REPOSITORY_URL'] ?? 'https://repo1.maven.org/maven2';
const cache = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fineract-gitops');

/**
 * Brings jars from Maven Central into the user's cache, outside the checkout; nothing when they are there.
 *
 * @returns the directory they are in
 * @throws Error when one cannot be had or is not the one we know
 */
export async function installJars(name: string, jars: Jars): Promise<string> {
  const directory = join(cache, name);
  await mkdir(directory, { recursive: true });
  const missing = Object.entries(jars);
  const worker = async () => {
    for (let next = missing.pop(); next !== undefined; next = missing.pop())
      await installJar(directory, ...next);
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return directory;
}

async function installJar(directory: string, path: string, sha256: string): Promise<void> {
  const file = join(directory, basename(path));
  const present = await readFile(file).catch(() => undefined);
  if (present !== undefined && digest(present) === sha256) return;
  const bytes = await download(`${repository}/${path}`);
  if (digest(bytes) !== sha256)
    throw new Error(`${repository}/${path} is not the file we know (SHA-256 differs)`);
  // Two test runs may do this at once: a file is there whole or not at all.
  const temporary = `${file}.${randomUUID()}`;
  await writeFile(temporary, bytes);
  await rename(temporary, file);
}

async function download(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(120_000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (cause) {
    const hint = 'this test needs it once; check the network, or name a mirror as MAVEN_REPOSITORY_URL';
    throw new Error(`Could not download ${url}: ${hint}`, { cause });
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
