import { describe, expect, it } from 'vitest';
import { createCircuit } from './circuit.ts';

describe('circuit', () => {
  it('opens after failures in a row, then lets one call per interval try, and closes on success', () => {
    let now = 0;
    const circuit = createCircuit({ failuresMax: 2, retryAfterMs: 100, now: () => now });
    circuit.failed();
    circuit.succeeded();
    circuit.failed();
    expect(circuit.permits()).toBe(true);
    circuit.failed();
    expect(circuit.permits()).toBe(false);
    now = 100;
    expect([circuit.permits(), circuit.permits()]).toEqual([true, false]);
    circuit.failed();
    expect(circuit.permits()).toBe(false);
    now = 200;
    expect(circuit.permits()).toBe(true);
    circuit.succeeded();
    expect([circuit.permits(), circuit.permits()]).toEqual([true, true]);
  });
});
