const secretName = /PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|CREDENTIAL/i;
const secretContent = /@|passw|secret|token|key=|sig=/i;

/**
 * The value as an error may show it: quoted and shortened, or undefined when the variable's name or the value's own
 * text suggests a secret. Errs on the side of hiding: a mistyped URL cannot be trusted to be redacted in part.
 */
export function showableValue(variable: string, value: string): string | undefined {
  if (secretName.test(variable) || secretContent.test(value)) return undefined;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

/**
 * A URL for logs: user name, password, query and fragment removed. Text that is not a URL becomes `(not a URL)`, for
 * nothing is known about what it holds.
 */
export function redactUrl(text: string): string {
  const jdbc = text.startsWith('jdbc:');
  const body = jdbc ? text.slice('jdbc:'.length) : text;
  if (!URL.canParse(body)) return '(not a URL)';
  const url = new URL(body);
  const path = url.pathname === '/' ? '' : url.pathname;
  // A URL without `//` (mailto:, data:) is all path, and the path can hold anything.
  if (!body.startsWith(`${url.protocol}//`)) return `${url.protocol}…`;
  return `${jdbc ? 'jdbc:' : ''}${url.protocol}//${url.host}${path}`;
}
