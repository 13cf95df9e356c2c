/** Looks for secrets that stand in plain text where Git would keep them for ever. */

import { parseAllDocuments } from 'yaml';
import { at, isJson } from '../validate/objects.ts';

/** Well-known shapes of credentials; each is specific enough that a hit is no accident. */
const shapes: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\r?\n[A-Za-z0-9+/=\s]{100}/ },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[A-Z2-7]{16}\b/ },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})\b/ },
  { what: 'a GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}\b/ },
  { what: 'a Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/ },
  { what: 'a Google API key', pattern: /\bAIza[A-Za-z0-9_-]{35}\b/ },
  { what: 'a Stripe live key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}\b/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
];

/** What is wrong with one file, in sentences; the secret itself is never repeated. */
export function plainSecretsIn(path: string, text: string): readonly string[] {
  const found = shapes.flatMap(({ what, pattern }) => {
    const match = pattern.exec(text);
    return match ? [`${path}:${lineOf(text, match.index)}: holds ${what}; revoke it and remove it.`] : [];
  });
  return [...found, ...plainManifests(path, text)];
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function plainManifests(path: string, text: string): readonly string[] {
  if (!/\.(ya?ml|json)$/.test(path) || !/\bkind"?:\s*"?Secret"?\s*[,}\r\n]/.test(text)) return [];
  return parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((object) => at(object, 'kind') === 'Secret' && hasValues(object))
    .map(
      (object) =>
        `${path}: holds the Secret "${String(at(object, 'metadata', 'name'))}" in plain text; seal it with ` +
        '`fineract-gitops seal` and change its values.',
    );
}

const hasValues = (secret: unknown): boolean =>
  ['data', 'stringData'].some((field) => {
    const values = at(secret, field);
    return isJson(values) && Object.keys(values).length > 0;
  });
