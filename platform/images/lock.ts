/** The lock: for each public image of the table, the digest that its registry gave. Nothing else writes digests. */

import { imageReference, type Model } from '../model/model.ts';
import { resolveDigest } from './registry.ts';

/** By reference with its tag, so that a bumped image is simply not locked until it is asked again. */
export interface Lock {
  readonly digests: Readonly<Record<string, string>>;
}

const atOnce = 4;

/**
 * Asks every registry; all or nothing.
 * @throws ModelError for the first image that could not be resolved
 */
export async function lockImages(
  model: Model,
  resolve: (reference: string) => Promise<string> = resolveDigest,
): Promise<Lock> {
  const bare = { ...model, digests: {} };
  const references = Object.entries(model.images)
    .filter(([, { origin }]) => origin === 'public')
    .map(([name]) => imageReference(bare, name))
    .sort();
  const waiting = [...references];
  const digests = new Map<string, string>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      digests.set(next, await resolve(next));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return {
    digests: Object.fromEntries(references.map((reference) => [reference, digests.get(reference) ?? ''])),
  };
}
