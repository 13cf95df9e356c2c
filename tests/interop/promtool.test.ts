/** Prometheus' own tool reads the rules, and tries each alert: one case that fires it and one that does not. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RuleGroup, ruleGroupOf, ruleGroups } from '@fineract-gitops/platform/monitoring';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { installPromtool } from './setup/promtool.ts';

interface PromtoolTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly object[];
    }[];
    readonly promql_expr_test?: readonly { readonly expr: string }[];
  }[];
}

const casesFolder = join(import.meta.dirname, '../../platform/monitoring/alerts/tests');
const folder = mkdtempSync(join(tmpdir(), 'fineract-rules-'));
const groups = ruleGroups({ engine: 'fineract-ts' });
let promtool: (...words: string[]) => Promise<string>;

/** The rules as Prometheus reads them. What to do is prose and stays out; the sentence is tried too. */
function rulesFile(group: RuleGroup): string {
  const { name, rules } = ruleGroupOf(group);
  const tried = rules.map((rule) =>
    'annotations' in rule ? { ...rule, annotations: { summary: rule.annotations.summary } } : rule,
  );
  return stringify({ groups: [{ name, rules: tried }] });
}

beforeAll(async () => {
  const program = await installPromtool();
  promtool = async (...words) => {
    const { stdout } = await promisify(execFile)(program, words, { cwd: folder }).catch((error) => {
      throw new Error(`promtool ${words.join(' ')}:\n${error.stdout}${error.stderr}`);
    });
    return stdout;
  };
  cpSync(casesFolder, folder, { recursive: true });
  for (const group of groups) writeFileSync(join(folder, `${group.name}.rules.yaml`), rulesFile(group));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(groups.map((group) => [group.name, group] as const))('the group %s', (name, group) => {
  const { tests } = parse(readFileSync(join(casesFolder, `${name}.yaml`), 'utf8')) as PromtoolTests;
  const cases = tests.flatMap((each) => each.alert_rule_test ?? []);

  test('is a valid rule file', async () => {
    expect(await promtool('check', 'rules', `${name}.rules.yaml`)).toContain('SUCCESS');
  });

  test('behaves as its cases say', async () => {
    expect(await promtool('test', 'rules', `${name}.yaml`)).toContain('SUCCESS');
  });

  test('has a case that fires each alert, and one that does not', () => {
    const alerts = group.alerts.map(({ alert }) => alert);
    const fired = new Set(cases.filter((each) => each.exp_alerts.length > 0).map((each) => each.alertname));
    const silent = new Set(
      cases.filter((each) => each.exp_alerts.length === 0).map((each) => each.alertname),
    );
    expect([...fired].sort()).toEqual([...alerts].sort());
    expect([...silent].sort()).toEqual([...alerts].sort());
  });
});

test('rules for the Apache engine are valid too', async () => {
  for (const group of ruleGroups({ engine: 'apache-fineract' })) {
    writeFileSync(join(folder, 'apache.rules.yaml'), rulesFile(group));
    expect(await promtool('check', 'rules', 'apache.rules.yaml')).toContain('SUCCESS');
  }
});

test('a rule that breaks its promise is noticed', async () => {
  const [first] = groups;
  const broken = rulesFile(first!).replaceAll('up == 0', 'up == 2');
  writeFileSync(join(folder, `${first?.name}.rules.yaml`), broken);
  await expect(promtool('test', 'rules', `${first?.name}.yaml`)).rejects.toThrow('TargetDown');
});
