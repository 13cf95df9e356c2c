/** Schemas: core kinds and well-known custom resources by npm's models, all others by a folder of JSON Schemas. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { KubeObject } from '../render/tree.ts';

/** npm packages that know a group of custom resources. */
const packagesOf: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': ['@kubernetes-models/argo-cd', '@kubernetes-models/argo-rollouts'],
  'cert-manager.io': ['@kubernetes-models/cert-manager'],
  'gateway.networking.k8s.io': ['@kubernetes-models/gateway-api'],
  'monitoring.coreos.com': ['@kubernetes-models/prometheus-operator'],
  'bitnami.com': ['@kubernetes-models/sealed-secrets'],
};

/** npm's model asks for more than the resource's own definition does: a claim template without kind is fine. */
const misjudged: ReadonlySet<string> = new Set(['monitoring.coreos.com/v1/Prometheus']);

type Validate = (object: KubeObject) => readonly string[];

/** `errors` of one object; undefined when no schema is known for its kind. */
export type SchemaCheck = (object: KubeObject) => Promise<readonly string[] | undefined>;

/**
 * Makes a check that remembers every schema it loaded.
 * @param folder JSON Schemas as `<group>/<kind>_<version>.json`, strict; they win over npm's models
 */
export function createSchemaCheck(folder?: string): SchemaCheck {
  // Optimising the code of a definition as large as Prometheus' takes longer than running it for every environment.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });
  const loaded = new Map<string, Promise<Validate | undefined>>();
  return async (object) => {
    const id = `${object.apiVersion}/${object.kind}`;
    const found = loaded.get(id) ?? load(ajv, object, folder);
    loaded.set(id, found);
    return (await found)?.(object);
  };
}

async function load(
  ajv: Ajv,
  { apiVersion, kind }: KubeObject,
  folder?: string,
): Promise<Validate | undefined> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const file = folder && join(folder, group ?? '', `${kind.toLowerCase()}_${version}.json`);
  if (file && existsSync(file)) return bySchema(ajv.compile(JSON.parse(readFileSync(file, 'utf8'))));
  if (misjudged.has(`${apiVersion}/${kind}`)) return undefined;
  for (const name of packagesOf[group ?? ''] ?? (isCore(group ?? '') ? ['kubernetes-models'] : [])) {
    const model = await modelOf(`${name}/${apiVersion}/${kind}`, kind);
    if (model) return byModel(model);
  }
  return undefined;
}

/** Groups of Kubernetes itself have one word, or end in its own domain. */
const isCore = (group: string): boolean => !group.includes('.') || group.endsWith('.k8s.io');

const bySchema =
  (validate: ValidateFunction): Validate =>
  (object) => {
    if (validate(object)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = 'additionalProperty' in params ? ` "${params['additionalProperty']}"` : '';
      return `${instancePath || 'it'} ${message}${extra}`;
    });
  };

interface ModelClass {
  new (data: object): { validate(): void };
}

async function modelOf(path: string, kind: string): Promise<ModelClass | undefined> {
  try {
    const module = (await import(path)) as Record<string, ModelClass>;
    return module[kind];
  } catch {
    // No such model; the report names the kind among those without a schema.
    return undefined;
  }
}

const byModel =
  (model: ModelClass): Validate =>
  (object) => {
    try {
      new model(object).validate();
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  };
