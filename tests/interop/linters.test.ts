/** The linters that others trust read the built environments; what they find is excused in one file, or mended. */

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildFolder, createModel, readInputs, renderTree } from '@fineract-gitops/platform';
import { type Exception, readExceptions, withoutExceptions } from '@fineract-gitops/platform/validate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { installGoTool } from './setup/go-tools.ts';
import { installPythonTools } from './setup/python-tools.ts';

const run = promisify(execFile);
const bufferMax = 256 * 1024 ** 2;
const root = join(import.meta.dirname, '../..');
const schemaFolder = process.env['SCHEMAS_DIR'] ?? join(root, '../shared/schemas');
const folder = mkdtempSync(join(tmpdir(), 'linters-'));
const built = join(folder, 'built');
const model = createModel();

interface Built {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
}
interface Finding {
  readonly rule: string;
  readonly object: string;
  readonly text: string;
}

beforeAll(() => {
  const tree = renderTree(model, readInputs(join(root, 'deploy')));
  for (const kind of ['known', 'whole']) mkdirSync(join(built, kind), { recursive: true });
  for (const { name } of model.environments) {
    const objects = buildFolder(tree, `environments/${name}`);
    const write = (kind: string, list: readonly object[]): void =>
      writeFileSync(
        join(built, kind, `${name}.yaml`),
        list.map((object) => stringify(object, { compat: 'yaml-1.1' })).join('---\n'),
      );
    write('whole', objects);
    write('known', objects.map(asKnown));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The linters do not know Rollouts; they are shown the Deployment that each stands for, with the same pods. */
function asKnown(object: Built): object {
  const { kind } = object;
  if (kind === 'Rollout') {
    const spec = (object as Built & { spec: object }).spec;
    const strategy = { type: 'RollingUpdate' };
    return { ...object, apiVersion: 'apps/v1', kind: 'Deployment', spec: { ...spec, strategy } };
  }
  const text = JSON.stringify(object).replaceAll(
    '"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout"',
    '"apiVersion":"apps/v1","kind":"Deployment"',
  );
  return kind === 'HorizontalPodAutoscaler' ? JSON.parse(text) : object;
}

/** A linter that finds something ends with another code than 0, but prints its findings all the same. */
async function outputOf(program: string, args: readonly string[], env = {}): Promise<string> {
  const options = { maxBuffer: bufferMax, env: { ...process.env, ...env } };
  try {
    return (await run(program, args, options)).stdout;
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (stdout) return stdout;
    throw error;
  }
}

function expectExcused(tool: Exception['tool'], findings: readonly Finding[]): void {
  const exceptions = readExceptions().filter((entry) => entry.tool === tool);
  const { standing, used } = withoutExceptions(findings, exceptions);
  expect([...new Set(standing.map(({ rule, object, text }) => `${rule}: ${object}: ${text}`))]).toEqual([]);
  expect(exceptions.filter((entry) => !used.has(entry))).toEqual([]);
}

test('kubeconform: every object fits the schemas of Kubernetes 1.35 to 1.37, custom resources included', async () => {
  const program = await installGoTool('kubeconform');
  const schemas = await kubernetesSchemas();
  for (const minor of [35, 36, 37]) {
    const core = join(schemas, `v1.${minor}.0`);
    const output = await outputOf(program, [
      '-strict',
      '-output=json',
      '-summary',
      `-schema-location=${core}/{{ .ResourceKind }}{{ .KindSuffix }}.json`,
      `-schema-location=${schemaFolder}/{{ .Group }}/{{ .ResourceKind }}_{{ .ResourceAPIVersion }}.json`,
      join(built, 'whole'),
    ]);
    const { resources, summary } = JSON.parse(output) as {
      resources?: { kind: string; name: string; msg: string }[];
      summary: { valid: number };
    };
    expect((resources ?? []).map(({ kind, name, msg }) => `1.${minor} ${kind} ${name}: ${msg}`)).toEqual([]);
    expect(summary.valid).toBeGreaterThan(1000);
  }
}, 900_000);

/** Schemas of Kubernetes' own kinds, as a Python package carries them, with references that need no server. */
async function kubernetesSchemas(): Promise<string> {
  const python = await installPythonTools();
  const { stdout } = await run(join(python, 'bin/python'), [
    '-c',
    'import kubernetes_validate as k, os; print(os.path.dirname(k.__file__))',
  ]);
  const source = join(stdout.trim(), 'kubernetes-json-schema');
  const target = join(folder, 'schemas');
  for (const minor of [35, 36, 37]) {
    const from = join(source, `v1.${minor}.0-local-strict`);
    const to = join(target, `v1.${minor}.0`);
    cpSync(from, to, { recursive: true });
    const definitions = `"file://${join(to, '_definitions.json')}`;
    for (const name of readdirSync(to)) {
      const text = readFileSync(join(from, name), 'utf8');
      writeFileSync(join(to, name), text.replaceAll('"/api/_definitions.json', definitions));
    }
  }
  return target;
}

test('kube-score finds nothing that is not excused with a reason', async () => {
  const program = await installGoTool('kube-score');
  const optional = [
    'container-seccomp-profile',
    'container-memory-requests-equal-limits',
    'container-ports-check',
  ];
  const findings: Finding[] = [];
  for (const name of readdirSync(join(built, 'known'))) {
    const args = [
      'score',
      '--output-format=json',
      ...optional.map((test) => `--enable-optional-test=${test}`),
    ];
    const objects = JSON.parse(await outputOf(program, [...args, join(built, 'known', name)])) as Scored[];
    findings.push(...objects.flatMap(scoreFindings));
  }
  expectExcused('kube-score', findings);
}, 900_000);

interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly summary: string }[] | null;
  }[];
}

const gradeMax = 10;

function scoreFindings({
  type_meta: { kind },
  object_meta: { name, namespace = '' },
  checks,
}: Scored): readonly Finding[] {
  return checks
    .filter(({ grade, skipped }) => !skipped && grade < gradeMax)
    .map(({ check, comments }) => ({
      rule: check.id,
      object: `${kind} ${namespace}/${name}`,
      text: (comments ?? []).map(({ summary }) => summary).join('; '),
    }));
}

test('checkov finds nothing that is not excused with a reason', async () => {
  const python = await installPythonTools();
  const args = ['-m', 'checkov.main', '--directory', join(built, 'known'), '--framework', 'kubernetes'];
  const options = ['--quiet', '--compact', '--skip-download', '--output', 'json'];
  const output = await outputOf(join(python, 'bin/python'), [...args, ...options], { LOG_LEVEL: 'CRITICAL' });
  const report = JSON.parse(output) as Checked;
  expect(report.summary.parsing_errors).toBe(0);
  expect(report.summary.passed).toBeGreaterThan(5000);
  const findings = report.results.failed_checks.map(({ check_id, check_name, resource }) => {
    const [kind, namespace, ...name] = resource.split('.');
    return { rule: check_id, object: `${kind} ${namespace}/${name.join('.')}`, text: check_name };
  });
  expectExcused('checkov', findings);
}, 900_000);

interface Checked {
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly resource: string;
    }[];
  };
}
