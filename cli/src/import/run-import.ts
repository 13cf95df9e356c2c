/** An import from beginning to end: read and check everything, send, fetch back, compare. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Decimal } from '@fineract-gitops/money';
import type { FineractApi } from '../api/client.ts';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { fetchBalances, fetchHistories } from './bank-history.ts';
import { importOrder } from './entities.ts';
import { fillStage } from './fill-stage.ts';
import type { Mapping } from './mapping-schema.ts';
import type { ImportProgress } from './progress.ts';
import { readMapping } from './read-mapping.ts';
import { listRejected, type Reconciliation, reconcile, summariseCheck } from './reconcile.ts';
import { sendEntity } from './send.ts';
import { Stage } from './stage.ts';

export interface ImportOptions {
  readonly mappingFile: string;
  readonly sourceDirectory: string;
  /** Opens the bank when it is needed; a dry run needs none. */
  readonly api: () => FineractApi;
  /** Names the bank in the stage, so that a resumed import goes to the same one. */
  readonly bankName: string;
  /** Where stages of imports lie until they are done. */
  readonly stageDirectory: string;
  readonly dryRun: boolean;
  readonly resume: boolean;
  readonly skipRejected: boolean;
  readonly progress: ImportProgress;
}

export interface ImportOutcome {
  readonly mapping: string;
  readonly dryRun: boolean;
  readonly seconds: number;
  readonly reconciliation: Reconciliation;
}

/** @throws CliError when the mapping is refused, the bank does not answer, or there is nothing to resume */
export async function runImport(options: ImportOptions): Promise<ImportOutcome> {
  const began = performance.now();
  const mapping = await readMapping(options.mappingFile, options.sourceDirectory);
  const stage = await openStage(options, mapping);
  const outcome = (reconciliation: Reconciliation, dryRun: boolean): ImportOutcome => ({
    mapping: mapping.name,
    dryRun,
    seconds: (performance.now() - began) / 1000,
    reconciliation,
  });
  const rejected = listRejected(stage, mapping).length;
  const tolerance = new Decimal(String(mapping.tolerance));
  if (options.dryRun || (rejected > 0 && !options.skipRejected)) {
    const result = outcome(summariseCheck(stage, mapping, tolerance), true);
    stage.deleteAndClose();
    return result;
  }
  try {
    const api = options.api();
    for (const entity of importOrder) {
      if (!mapping.tables.has(entity.name)) continue;
      const total = stage.count('select count(*) from entries where entity = ?', entity.name);
      await options.progress.step(`import ${entity.name}`, total, (show) =>
        sendEntity(api, stage, entity, show),
      );
    }
    await fetchBack(api, stage, mapping, options.progress);
    const result = outcome(reconcile(stage, mapping, tolerance), false);
    stage.deleteAndClose();
    return result;
  } catch (error) {
    stage.close();
    throw error;
  }
}

async function fetchBack(
  api: FineractApi,
  stage: Stage,
  mapping: Mapping,
  progress: ImportProgress,
): Promise<void> {
  if (!mapping.tables.has('savingsAccounts')) return;
  await fetchBalances(api, stage, `${mapping.name}-`);
  const total = stage.count("select count(distinct parent) from entries where entity = 'transactions'");
  await progress.step('compare accounts', total, (show) => fetchHistories(api, stage, show));
}

/** One for each mapping and bank. */
function stageFileOf({ stageDirectory, bankName }: ImportOptions, { name }: Mapping): string {
  const bank = createHash('sha256').update(bankName).digest('hex').slice(0, 12);
  return join(stageDirectory, `${name}-${bank}.sqlite`);
}

/** A stage that is complete: filled now, or, when resuming, by the run that was interrupted. */
async function openStage(options: ImportOptions, mapping: Mapping): Promise<Stage> {
  const fingerprint = fingerprintOf(options, mapping);
  const file = stageFileOf(options, mapping);
  if (options.resume) return resumeStage(file, fingerprint);
  Stage.delete(file);
  const stage = new Stage(file);
  try {
    await fillStage(stage, mapping, options.sourceDirectory, options.progress);
    stage.setFact('fingerprint', fingerprint);
    return stage;
  } catch (error) {
    stage.deleteAndClose();
    throw error;
  }
}

function resumeStage(stageFile: string, fingerprint: string): Stage {
  const nothing = (why: string) =>
    new CliError(
      `There is nothing to resume: ${why}. Run it without --resume; rows that the bank has are skipped.`,
      ExitCode.usage,
    );
  if (!Stage.exists(stageFile)) throw nothing('no import of this mapping was interrupted here');
  const stage = new Stage(stageFile);
  const stored = stage.fact('fingerprint');
  if (stored === fingerprint) return stage;
  stage.close();
  throw nothing(
    stored === undefined
      ? 'it was interrupted before anything was sent'
      : 'the mapping, the files or the bank are not those of the interrupted import',
  );
}

/** Changes when the mapping, a file of the source or the bank does. */
function fingerprintOf(
  { mappingFile, sourceDirectory, bankName }: ImportOptions,
  { tables }: Mapping,
): string {
  const hash = createHash('sha256').update(readFileSync(mappingFile)).update(bankName);
  for (const { file, joins = [] } of tables.values()) {
    for (const each of [file, ...joins.map((join) => join.file)]) {
      const { size, mtimeMs } = statSync(join(sourceDirectory, each));
      hash.update(`${each} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
