/** Objects as YAML that every reader takes the same way. */

import { stringify } from 'yaml';

/**
 * Texts such as `on`, `yes` and `0440` are quoted: Argo CD, kubectl and Java still read YAML 1.1, where they are no texts.
 */
export const yamlOf = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
