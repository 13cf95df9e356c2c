/** Where tests find the schemas of custom resources: `SCHEMAS_DIR`, or beside the checkout. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createSchemaCheck } from '../validate/schemas.ts';

export const schemaFolder =
  process.env['SCHEMAS_DIR'] ?? join(import.meta.dirname, '../../../shared/schemas');
export const hasSchemaFolder = existsSync(schemaFolder);

/** What is wrong with an object, by its schema; `undefined` when there is no schema to tell. */
export const schemaErrors = createSchemaCheck(schemaFolder);
