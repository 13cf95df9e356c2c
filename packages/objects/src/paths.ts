import { ObjectStoreError } from './errors.ts';

const pathBytesMax = 900;
const nameBytesMax = 200;

/**
 * Refuses paths that could leave the store, or that one kind of store takes and another does not.
 *
 * @throws ObjectStoreError that says what is wrong
 */
export function checkPath(path: string): void {
  const problem = pathProblem(path);
  if (problem !== undefined) throw new ObjectStoreError(`The object path ${JSON.stringify(path)} ${problem}`);
}

function pathProblem(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (Buffer.byteLength(path) > pathBytesMax) return `is longer than ${pathBytesMax} bytes`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (/[\u0000-\u001f\u007f\\]/.test(path)) return 'has a control character or a backslash';
  for (const name of path.split('/')) {
    if (name === '') return 'begins or ends with a slash or has two in a row';
    if (name.startsWith('.')) return 'has a name that begins with a dot';
    if (Buffer.byteLength(name) > nameBytesMax) return `has a name longer than ${nameBytesMax} bytes`;
  }
  return undefined;
}
