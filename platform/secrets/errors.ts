/** An expected refusal about secrets: one sentence that says what to do, and never a secret value. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}
