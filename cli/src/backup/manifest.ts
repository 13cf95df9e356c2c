/** What a backup says of itself. The manifest is written last: a backup without one is not a backup. */
import { text } from 'node:stream/consumers';
import { ObjectNotFoundError, type ObjectStore } from '@fineract-gitops/objects';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { CliError } from '../cli-error.ts';

const name = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,62}$' });
const count = Type.Integer({ minimum: 0 });

/** What is counted in a database, at the moment of the dump and again after a restore. */
const factsSchema = Type.Object({
  /** Rows of every table, by its name. */
  rows: Type.Record(Type.String(), count),
  /** Only of a bank's database. */
  money: Type.Optional(
    Type.Object({
      /** Sum of all savings balances by currency, exact. */
      balances: Type.Record(Type.String(), Type.String()),
      /** Accounts whose balance or hold is not the sum of their transactions. */
      accountsOff: count,
      /** Journals whose debits and credits differ. */
      journalsOff: count,
    }),
  ),
});

const databaseSchema = Type.Object({
  name,
  kind: Type.Union([Type.Literal('registry'), Type.Literal('tenant'), Type.Literal('identity')]),
  /** File beside the manifest. */
  file: Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_-]{0,62}\\.dump$' }),
  sizeBytes: count,
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  takenAt: Type.String(),
  /** Position in the write-ahead log when the dump began, where the server tells it. */
  walPosition: Type.Optional(Type.String()),
  facts: factsSchema,
});

const manifestSchema = Type.Object({
  format: Type.Literal(1),
  id: Type.String({ pattern: '^\\d{8}T\\d{6}Z-[0-9a-f]{4}$' }),
  startedAt: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$' }),
  finishedAt: Type.String(),
  program: Type.Object({ version: Type.String(), pgDump: Type.String() }),
  server: Type.Object({ version: Type.String() }),
  databases: Type.Array(databaseSchema, { minItems: 1 }),
});

export type Facts = Static<typeof factsSchema>;
export type DatabaseBackup = Static<typeof databaseSchema>;
export type Manifest = Static<typeof manifestSchema>;

/** One folder of the store; without a manifest it is unfinished, or what a removal left. */
export interface StoredBackup {
  readonly id: string;
  readonly files: readonly string[];
  readonly manifest?: Manifest;
  /** Why the manifest cannot be used. */
  readonly problem?: string;
}

const root = 'dumps';
const manifestFile = 'manifest.json';
export const pathOf = (id: string, file: string): string => `${root}/${id}/${file}`;

/** @param random four hexadecimal digits that keep two backups of one second apart */
export function backupId(at: Date, random: string): string {
  return `${at.toISOString().replace(/[-:]|\.\d+/g, '')}-${random}`;
}

export async function writeManifest(store: ObjectStore, manifest: Manifest): Promise<void> {
  const contents = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await store.put(pathOf(manifest.id, manifestFile), contents, { contentType: 'application/json' });
}

/** Every backup of the store, the newest first. */
export async function listBackups(store: ObjectStore): Promise<StoredBackup[]> {
  const folders = new Map<string, string[]>();
  for await (const path of store.list(root)) {
    const [, id, file] = path.split('/');
    if (id !== undefined && file !== undefined) folders.set(id, [...(folders.get(id) ?? []), file]);
  }
  const backups: StoredBackup[] = [];
  for (const [id, files] of folders) {
    const found = files.includes(manifestFile) ? await readManifest(store, id) : {};
    backups.push({ id, files, ...found });
  }
  return backups.sort((a, b) => (a.id < b.id ? 1 : -1));
}

async function readManifest(
  store: ObjectStore,
  id: string,
): Promise<Pick<StoredBackup, 'manifest' | 'problem'>> {
  try {
    const value: unknown = JSON.parse(await text(await store.get(pathOf(id, manifestFile))));
    if (Value.Check(manifestSchema, value) && value.id === id) return { manifest: value };
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return {};
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { problem: 'its manifest is damaged' };
}

/** The backup of that id; the newest complete one without an id. @throws CliError */
export async function findBackup(store: ObjectStore, id: string | undefined): Promise<Manifest> {
  const backups = await listBackups(store);
  const found =
    id === undefined ? backups.find(({ manifest }) => manifest) : backups.find((one) => one.id === id);
  if (found?.manifest) return found.manifest;
  if (found)
    throw new CliError(`Backup ${found.id} cannot be used: ${found.problem ?? 'it was never finished'}.`);
  throw new CliError(
    id === undefined
      ? 'There is no backup yet: `fineract-gitops backup create` makes one.'
      : `There is no backup ${id}: \`fineract-gitops backup list\` shows those there are.`,
  );
}

/** Removes a backup: its manifest first, so that what an interruption leaves is not taken for a backup. */
export async function removeBackup(store: ObjectStore, { id, files }: StoredBackup): Promise<void> {
  await store.remove(pathOf(id, manifestFile));
  for (const file of files) await store.remove(pathOf(id, file));
}
