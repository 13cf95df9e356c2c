import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { runSteps, type Step } from './steps.ts';

function recorder() {
  const events: string[] = [];
  const step = (name: string, after: string[], fail = false): Step => ({
    name,
    title: name,
    after,
    run: async () => {
      events.push(`${name} begins`);
      await sleep(5);
      if (fail) throw new Error(`${name} failed`);
      events.push(`${name} ends`);
      return undefined;
    },
  });
  return { events, step };
}

describe('runSteps', () => {
  it('begins a step when those before it are done, and not later', async () => {
    const { events, step } = recorder();
    const timings = await runSteps([step('a', []), step('b', []), step('c', ['a', 'b'])], true);
    expect(events.slice(0, 2)).toEqual(['a begins', 'b begins']);
    expect(events.indexOf('c begins')).toBeGreaterThan(events.indexOf('b ends'));
    expect(timings.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
  });

  it('fails with the first failure and leaves out what depends on it', async () => {
    const { events, step } = recorder();
    const steps = [step('a', [], true), step('b', []), step('c', ['a']), step('d', ['c'])];
    await expect(runSteps(steps, true)).rejects.toThrow('a failed');
    expect(events).toEqual(['a begins', 'b begins', 'b ends']);
  });
});
