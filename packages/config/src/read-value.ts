import type { Form } from './variable.ts';

/** A variable's text as the value its form asks for, or undefined when it has not that form. */
export function readValue(form: Form, text: string): unknown {
  switch (form.kind) {
    case 'text':
      return text.length >= (form.minLength ?? 0) && (form.pattern?.test(text) ?? true) ? text : undefined;
    case 'url':
      return URL.canParse(text) ? text : undefined;
    case 'flag':
      return { true: true, false: false }[text.toLowerCase()];
    case 'one-of':
      return form.words.find((word) => word === text);
    case 'integer':
    case 'number':
      return readNumber(form, text);
    case 'list': {
      const items = splitList(text).map((item) => readValue(form.item, item));
      return items.includes(undefined) ? undefined : items;
    }
  }
}

function readNumber(form: Form & { kind: 'integer' | 'number' }, text: string): number | undefined {
  // Number() alone would take '', '0x10' and ' 5 '; none of these is meant in an environment variable.
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  const { kind, minimum = -Infinity, maximum = Infinity } = form;
  if (kind === 'integer' && !Number.isSafeInteger(value)) return undefined;
  return value >= minimum && value <= maximum ? value : undefined;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
