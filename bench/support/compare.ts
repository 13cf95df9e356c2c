/** Runs two loads in turn and compares them round by round, so that noise of the machine meets both. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly json: boolean;
}

export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: { rounds: { type: 'string' }, seconds: { type: 'string' }, json: { type: 'boolean' } },
  });
  return {
    rounds: Number(values.rounds ?? 7),
    seconds: Number(values.seconds ?? 3),
    json: values.json ?? false,
  };
}

/** A load answers how many operations it finished in the given time. */
export type Load = (seconds: number) => Promise<number>;

export async function compare(name: string, ours: Load, limit: Load, options: BenchOptions): Promise<void> {
  const { rounds, seconds, json } = options;
  await ours(1);
  await limit(1);
  const results: { ours: number; limit: number; ratio: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // The order alternates: whoever runs second meets a warmer machine.
    const oursFirst = round % 2 === 0;
    const first = await (oursFirst ? ours : limit)(seconds);
    const second = await (oursFirst ? limit : ours)(seconds);
    const [a, b] = oursFirst ? [first, second] : [second, first];
    results.push({ ours: a / seconds, limit: b / seconds, ratio: a / b });
    if (!json)
      process.stderr.write(
        `  round ${round + 1}: ${Math.round(a / seconds)} / ${Math.round(b / seconds)} per second\n`,
      );
  }
  const ratios = results.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const summary = {
    name,
    oursPerSecond: Math.round(median(results.map((each) => each.ours))),
    limitPerSecond: Math.round(median(results.map((each) => each.limit))),
    ratio: rounded(median(ratios)),
    spread: [rounded(ratios[0]!), rounded(ratios.at(-1)!)],
  };
  process.stdout.write(
    json
      ? `${JSON.stringify(summary)}\n`
      : `${name}: ratio ${summary.ratio} (${summary.spread.join('–')}), ${summary.oursPerSecond} against ${summary.limitPerSecond} per second\n`,
  );
}

/** Keeps `connections` workers busy until the time is over; answers how many calls they finished. */
export async function saturate(
  seconds: number,
  connections: number,
  call: (worker: number) => Promise<void>,
): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let finished = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, worker) => {
      while (performance.now() < end) {
        await call(worker);
        finished++;
      }
    }),
  );
  return finished;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
