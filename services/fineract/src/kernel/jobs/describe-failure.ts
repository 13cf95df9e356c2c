import { ApiError } from '../errors.ts';

const LENGTH_MAX = 500;

/** Why something failed, for the run history: a rule's code and text, or the error's own message. */
export function describeFailure(error: unknown): string {
  if (error instanceof ApiError) {
    const inner = error.errors?.[0];
    return inner ? `${inner.userMessageGlobalisationCode}: ${inner.developerMessage}` : error.message;
  }
  return (error instanceof Error ? error.message : String(error)).slice(0, LENGTH_MAX);
}
