export type CircuitOptions = {
  /** Failures in a row that open the circuit. */
  failuresMax: number;
  /** How long an open circuit refuses before it lets one call try. */
  retryAfterMs: number;
  /** A steady clock in milliseconds. */
  now?: () => number;
};

/** Spares callers the wait for something that keeps timing out. */
export type Circuit = {
  /** Whether a call may be made now; of an open circuit, one call per `retryAfterMs`. */
  permits(): boolean;
  succeeded(): void;
  failed(): void;
};

export function createCircuit({
  failuresMax,
  retryAfterMs,
  now = () => performance.now(),
}: CircuitOptions): Circuit {
  let failures = 0;
  let openUntil = 0;
  return {
    permits() {
      if (failures < failuresMax) return true;
      if (now() < openUntil) return false;
      openUntil = now() + retryAfterMs;
      return true;
    },
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures === failuresMax) openUntil = now() + retryAfterMs;
    },
  };
}
