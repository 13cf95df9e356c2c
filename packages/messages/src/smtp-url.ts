/** How to reach a mail server, in nodemailer's words. */
export type SmtpAddress = {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
  /** Refuse to send unless the server upgrades the connection to TLS. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
};

const examples = 'smtp://host:587, smtps://user:password@host:465 or smtp://host:587?requireTLS=true';

/**
 * Reads `smtp://` (TLS when the server offers it) and `smtps://` (TLS always) URLs.
 *
 * @throws Error that does not repeat the URL, since it may hold a password
 */
export function readSmtpUrl(text: string): SmtpAddress {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    throw new Error(`The mail URL is not valid; expected ${examples}`);
  }
  const { requireTLS = 'false', ...unknown } = Object.fromEntries(url.searchParams);
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    throw new Error(`The mail URL has an unknown option ${stranger}; the only one is requireTLS`);
  const secure = url.protocol === 'smtps:';
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: requireTLS === 'true',
    ...(auth.user === '' ? {} : { auth }),
  };
}
