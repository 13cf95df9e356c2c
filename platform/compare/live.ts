/** What a live cluster has, compared by the API server itself: `kubectl diff`, with the server's defaults filled in. */

import { spawn } from 'node:child_process';
import { stringify } from 'yaml';
import { ModelError } from '../model/model.ts';
import type { KubeObject } from '../render/tree.ts';

export interface LiveOptions {
  /** The kubectl to run. */
  readonly kubectl?: string;
  /** Which cluster of the kubeconfig. */
  readonly context?: string;
}

export interface LiveDiff {
  readonly differs: boolean;
  /** In the form of `diff -u`; the API server leaves the values of Secrets out. */
  readonly text: string;
}

/**
 * Asks the cluster what applying the objects would change.
 * @throws ModelError with one sentence when there is no kubectl or no cluster
 */
export async function diffLive(objects: readonly KubeObject[], options: LiveOptions = {}): Promise<LiveDiff> {
  const { kubectl = 'kubectl', context } = options;
  const words = [
    'diff',
    '--server-side',
    '--force-conflicts',
    ...(context ? ['--context', context] : []),
    '-f',
    '-',
  ];
  const { code, stdout, stderr } = await run(
    kubectl,
    words,
    objects.map((each) => stringify(each)).join('---\n'),
  );
  // kubectl's own words: 0 nothing differs, 1 something does, above that it could not tell.
  if (code === 0 || code === 1) return { differs: code === 1, text: stdout };
  const reason = (stderr.trim().split('\n').at(-1) ?? '').replace(/^error: /, '').replace(/\.?$/, '.');
  const place = context ? `the cluster of context "${context}"` : 'the cluster of the current context';
  throw new ModelError(
    `kubectl could not compare with ${place}: ${reason} Choose one with --context, or use --baseline.`,
  );
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, words: readonly string[], input: string): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (cause) => {
      fail(
        new ModelError(`${program} is not there; install kubectl, or use --baseline instead of --live.`, {
          cause,
        }),
      );
    });
    child.on('close', (code) => done({ code, stdout, stderr }));
    // It may end before it has read everything; its exit code then says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
