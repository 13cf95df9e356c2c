// Read by two programs in two ways: separators, path parameters of Java servers, control characters.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const ambiguous = /[\\;#\u0000-\u0020\u007f]/;
const encodedSeparator = /%(2f|5c|3f|23|3b|[01][0-9a-f]|7f)/i;
const encodedTwice = /%25(2[0-9a-f]|5c|3[bf]|[01][0-9a-f]|7f)/i;

/**
 * The decoded path of a request target, by which routes and permissions are chosen, or `null` when another program
 * could read it differently: dot segments in any spelling, backslashes, encoded separators, double encoding, empty
 * segments, absolute targets. The query never takes part.
 */
export function readRequestPath(target: string): string | null {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || ambiguous.test(path)) return null;
  if (encodedSeparator.test(path) || encodedTwice.test(path)) return null;
  const decoded = decode(path);
  if (decoded === null) return null;
  const segments = decoded.slice(1).split('/');
  if (segments.some((segment, index) => !isPlain(segment, index === segments.length - 1))) return null;
  return decoded;
}

function isPlain(segment: string, last: boolean): boolean {
  if (segment === '') return last;
  // Full-width dots and the like become dots in programs that normalise.
  return !/^\.{1,2}$/.test(segment.normalize('NFKC').trim());
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
