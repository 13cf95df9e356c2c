/** The one list of findings that are meant to be: each with a reason, and none that finds nothing. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Exception {
  /** Who finds it: our own policies, or one of the linters of `tests/interop/linters.test.ts`. */
  readonly tool: 'policies' | 'kube-score' | 'checkov';
  readonly rule: string;
  /** Which objects, as a regular expression on `Kind namespace/name`; everything when absent. */
  readonly objects?: string;
  readonly reason: string;
}

export const exceptionsFile = join(import.meta.dirname, 'exceptions.yaml');

/** @throws Error when an entry lacks its rule or its reason */
export function readExceptions(file = exceptionsFile): readonly Exception[] {
  const list = parse(readFileSync(file, 'utf8')) as Exception[];
  for (const [i, { tool, rule, reason }] of list.entries()) {
    if (!tool || !rule || (reason ?? '').length < 20)
      throw new Error(`${file}: entry ${i + 1} needs a tool, a rule and a reason that a reader can judge.`);
  }
  return list;
}

/** One finding of any tool. */
export interface Found {
  readonly rule: string;
  /** `Kind namespace/name`. */
  readonly object: string;
}

/** Parts findings into the ones that stand and the exceptions that were used. */
export function withoutExceptions<F extends Found>(
  findings: readonly F[],
  exceptions: readonly Exception[],
): { readonly standing: readonly F[]; readonly used: ReadonlySet<Exception> } {
  const used = new Set<Exception>();
  const standing = findings.filter(({ rule, object }) => {
    const exception = exceptions.find(
      (entry) =>
        entry.rule === rule && (entry.objects === undefined || new RegExp(entry.objects).test(object)),
    );
    if (exception) used.add(exception);
    return exception === undefined;
  });
  return { standing, used };
}
