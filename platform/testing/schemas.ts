/** Schemas for tests: core kinds by the npm models' own validation, custom resources by a folder of JSON Schemas. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { KubeObject } from '../render/tree.ts';

/** Where the schemas of custom resources are: `SCHEMAS_DIR`, or beside the checkout. */
export const schemaFolder =
  process.env['SCHEMAS_DIR'] ?? join(import.meta.dirname, '../../../shared/schemas');
export const hasSchemaFolder = existsSync(schemaFolder);

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const compiled = new Map<string, ValidateFunction | undefined>();

function customSchema(apiVersion: string, kind: string): ValidateFunction | undefined {
  const [group, version] = apiVersion.split('/');
  const path = join(schemaFolder, group ?? '', `${kind.toLowerCase()}_${version}.json`);
  if (!compiled.has(path)) {
    compiled.set(path, existsSync(path) ? ajv.compile(JSON.parse(readFileSync(path, 'utf8'))) : undefined);
  }
  return compiled.get(path);
}

/** Groups of Kubernetes itself have one word or end in k8s.io; the Gateway API's resources are custom ones. */
const isCore = (apiVersion: string): boolean => {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return !group.includes('.') || (group.endsWith('.k8s.io') && group !== 'gateway.networking.k8s.io');
};

interface ModelClass {
  new (data: object): { validate(): void };
}

async function coreErrors(object: KubeObject): Promise<readonly string[]> {
  const module = (await import(`kubernetes-models/${object.apiVersion}/${object.kind}`)) as Record<
    string,
    ModelClass
  >;
  const model = module[object.kind];
  if (!model) return [`kubernetes-models has no ${object.apiVersion} ${object.kind}`];
  try {
    new model(object).validate();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** What is wrong with an object, by its schema; `undefined` when there is no schema to tell. */
export async function schemaErrors(object: KubeObject): Promise<readonly string[] | undefined> {
  if (isCore(object.apiVersion)) return coreErrors(object);
  const validate = customSchema(object.apiVersion, object.kind);
  if (!validate) return undefined;
  if (validate(object)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
