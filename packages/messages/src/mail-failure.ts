import { MessageError } from './message-error.ts';

type NodemailerError = {
  code?: string;
  originalCode?: string;
  responseCode?: number;
  response?: string;
  command?: string;
};

/** Failures of our own configuration: the message is fine, and goes out once an operator has mended it. */
const configurationFailures: Readonly<Record<string, string>> = {
  EAUTH: 'The mail server refused the user name or password',
  ENOAUTH: 'The mail server wants a user name and password',
  ETLS: 'No safe connection to the mail server; check its certificate and whether it offers TLS',
  EDNS: 'The host name of the mail server is not known',
};

/**
 * What a failed delivery means for the message.
 *
 * @param wholeMessageSent whether the server had all of it; without its answer then, nobody knows whether it took it
 */
export function classifyMailFailure(error: unknown, wholeMessageSent: boolean): MessageError {
  const failure: NodemailerError = error instanceof Error ? (error as NodemailerError) : {};
  const code = replyCode(failure);
  const untrusted = /CERT|SELF_SIGNED|ALTNAME/.test(failure.originalCode ?? '');
  const configuration = configurationFailures[untrusted ? 'ETLS' : (failure.code ?? '')];
  if (configuration !== undefined) return new MessageError(configuration, { kind: 'temporary', ...code });
  if (failure.responseCode === undefined) return connectionFailure(failure, wholeMessageSent);
  // RFC 5321: 5yz is for good, 4yz for now; 503 says that the session went wrong, not the message.
  const permanent = failure.responseCode >= 500 && failure.responseCode !== 503;
  return new MessageError(
    permanent ? 'The mail server refused the message' : 'The mail server put the message off',
    { kind: permanent ? 'permanent' : 'temporary', ...code },
  );
}

function connectionFailure({ code, originalCode }: NodemailerError, wholeMessageSent: boolean): MessageError {
  if (code === 'EENVELOPE') {
    return new MessageError('The message has no recipient a mail server would take', { kind: 'permanent' });
  }
  const text = wholeMessageSent
    ? 'The mail server did not confirm the message'
    : 'The mail server could not be reached, or broke the connection off';
  const shown = originalCode ?? code;
  return new MessageError(text, {
    kind: 'temporary',
    uncertain: wholeMessageSent,
    ...(shown === undefined ? {} : { code: shown }),
  });
}

/** The numbers of the server's answer without its text, which may quote the recipient: `550 5.1.1`. */
function replyCode({ responseCode, response }: NodemailerError): { code?: string } {
  if (responseCode === undefined) return {};
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  return { code: enhanced === undefined ? String(responseCode) : `${responseCode} ${enhanced}` };
}
