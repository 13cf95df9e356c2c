import { createHash } from 'node:crypto';
import { talk } from '../command.ts';
import { formatSize } from './format.ts';

export interface Measure {
  sizeBytes: number;
  sha256: string;
}

const talkEveryMs = 5000;

/**
 * Hands chunks on while it counts and hashes them; long ones show on standard error how far they are.
 *
 * @param done gets the result when the chunks have ended, before the reader learns of the end
 */
export async function* measured(
  chunks: AsyncIterable<Buffer>,
  title: string,
  done: (measure: Measure) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let [sizeBytes, said] = [0, performance.now()];
  for await (const chunk of chunks) {
    hash.update(chunk);
    sizeBytes += chunk.length;
    if (performance.now() - said > talkEveryMs) {
      said = performance.now();
      talk(`${title}: ${formatSize(sizeBytes)} so far`);
    }
    yield chunk;
  }
  done({ sizeBytes, sha256: hash.digest('hex') });
}
