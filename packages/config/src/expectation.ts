import type { Form } from './variable.ts';

/** What a form accepts, in words: `a whole number from 1 to 65535`, `one of read, write`. */
export function expectation(form: Form): string {
  switch (form.kind) {
    case 'text':
      return textExpectation(form);
    case 'url':
      return 'a URL';
    case 'flag':
      return 'true or false';
    case 'one-of':
      return `one of ${form.words.join(', ')}`;
    case 'integer':
      return `a whole number${range(form)}`;
    case 'number':
      return `a number${range(form)}`;
    case 'list':
      return `a list separated by commas, each ${expectation(form.item)}`;
  }
}

function textExpectation({ pattern, minLength }: Form & { kind: 'text' }): string {
  if (pattern !== undefined) return `text matching ${pattern.source.replaceAll('\\/', '/')}`;
  return minLength !== undefined && minLength > 1 ? `text of at least ${minLength} characters` : 'text';
}

function range({ minimum, maximum }: { minimum?: number; maximum?: number }): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}
