/**
 * The door of the validate room: everything that can be said of the tree before a cluster sees it. Schemas, references
 * between objects, our policies, Argo CD's wiring, and Kustomize's own build.
 */

import { buildFolder } from '../kustomize/build.ts';
import type { Environment } from '../model/environments.ts';
import type { Model } from '../model/model.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { argocdProblems } from './argocd.ts';
import { buildProblems } from './builds.ts';
import { danglingReferences, waveInversions } from './cross-references.ts';
import { readExceptions, withoutExceptions } from './exceptions.ts';
import { titleOf } from './objects.ts';
import { policies } from './policies/index.ts';
import { createSchemaCheck, type SchemaCheck } from './schemas.ts';

export { type Exception, exceptionsFile, readExceptions, withoutExceptions } from './exceptions.ts';
export { findKubectl, kustomize, unpackKubectl } from './kubectl.ts';
export { policies } from './policies/index.ts';
export type { Policy, World } from './policy.ts';
export { createSchemaCheck } from './schemas.ts';

/** One thing to mend. */
export interface Finding {
  /** Empty when it concerns the whole tree. */
  readonly environment: string;
  readonly rule: string;
  readonly object: string;
  readonly sentence: string;
}

export interface Report {
  readonly findings: readonly Finding[];
  readonly objects: number;
  /** Kinds that no schema was there for. */
  readonly withoutSchema: readonly string[];
}

export interface Options {
  /** Folder of JSON Schemas for custom resources. */
  readonly schemas?: string;
  /** The program that builds; without it the tree is built in memory only. */
  readonly kubectl?: string;
}

/** Checks the whole tree. */
export async function validateTree(model: Model, tree: Tree, options: Options = {}): Promise<Report> {
  const schemaOf = createSchemaCheck(options.schemas);
  const building = options.kubectl ? buildProblems(tree, options.kubectl) : Promise.resolve([]);
  const perEnvironment: EnvironmentReport[] = [];
  for (const environment of model.environments)
    perEnvironment.push(await validateEnvironment(model, tree, environment, schemaOf));
  const built = (await building).map((sentence) => finding('', 'build', '', sentence));
  const everything = perEnvironment.flatMap(({ findings }) => findings);
  const { standing, unused } = judge(everything);
  return {
    findings: [...built, ...standing, ...unused],
    objects: perEnvironment.reduce((sum, { objects }) => sum + objects, 0),
    withoutSchema: [...new Set(perEnvironment.flatMap(({ withoutSchema }) => withoutSchema))].sort(),
  };
}

const finding = (environment: string, rule: string, object: string, sentence: string): Finding => ({
  environment,
  rule,
  object,
  sentence,
});

/** Exceptions are taken off; one that found nothing is itself a finding. */
function judge(findings: readonly Finding[]): { standing: readonly Finding[]; unused: readonly Finding[] } {
  const exceptions = readExceptions().filter(({ tool }) => tool === 'policies');
  const { standing, used } = withoutExceptions(findings, exceptions);
  const unused = exceptions
    .filter((exception) => !used.has(exception))
    .map(({ rule, objects = 'everything' }) =>
      finding(
        '',
        rule,
        '',
        `platform/validate/exceptions.yaml excuses ${objects} from ${rule}, but nothing needs it.`,
      ),
    );
  return { standing, unused };
}

interface EnvironmentReport {
  readonly findings: readonly Finding[];
  readonly objects: number;
  readonly withoutSchema: readonly string[];
}

async function validateEnvironment(
  model: Model,
  tree: Tree,
  environment: Environment,
  schemaOf: SchemaCheck,
): Promise<EnvironmentReport> {
  const { name, stage } = environment;
  const objects = buildFolder(tree, `environments/${name}`);
  const ofRule = (rule: string, sentences: readonly string[]): readonly Finding[] =>
    sentences.map((sentence) => finding(name, rule, '', sentence));
  const shape = await schemaProblems(name, [...objects, ...argocdObjects(tree, name)], schemaOf);
  return {
    findings: [
      ...shape.findings,
      ...ofRule('reference', danglingReferences(model, environment, objects)),
      ...ofRule('sync-wave', waveInversions(objects)),
      ...ofRule('argocd', argocdProblems(tree, name)),
      ...policyFindings({ environment: name, stage, objects }),
    ],
    objects: objects.length,
    withoutSchema: shape.withoutSchema,
  };
}

const argocdObjects = (tree: Tree, environment: string): readonly KubeObject[] =>
  ['bootstrap', 'applications', 'projects']
    .map((name) => `argocd/${name}/${environment}`)
    .filter((path) => tree.has(`${path}/kustomization.yaml`))
    .flatMap((path) => buildFolder(tree, path));

async function schemaProblems(
  environment: string,
  objects: readonly KubeObject[],
  schemaOf: SchemaCheck,
): Promise<{ findings: readonly Finding[]; withoutSchema: readonly string[] }> {
  const findings: Finding[] = [];
  const withoutSchema = new Set<string>();
  for (const object of objects) {
    const errors = await schemaOf(object);
    if (errors === undefined) withoutSchema.add(`${object.apiVersion} ${object.kind}`);
    for (const error of errors ?? [])
      findings.push(
        finding(
          environment,
          'schema',
          titleOf(object),
          `${titleOf(object)} does not fit its schema: ${error}.`,
        ),
      );
  }
  return { findings, withoutSchema: [...withoutSchema] };
}

/** What our policies say of one environment, before exceptions. */
export function policyFindings(world: Parameters<(typeof policies)[number]['check']>[1]): readonly Finding[] {
  return policies.flatMap(({ name, check }) =>
    world.objects.flatMap((object) =>
      check(object, world).map((what) =>
        finding(world.environment, name, titleOf(object), `${titleOf(object)} ${what}.`),
      ),
    ),
  );
}
