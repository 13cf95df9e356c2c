import type { FastifyReply } from 'fastify';

/** A refusal by the gateway: what the client may know, in Fineract's words where it has a code. */
export type Refusal = { statusCode: number; code: string; message: string; retryAfterSeconds?: number };

export const refusals = {
  badPath: {
    statusCode: 400,
    code: 'error.msg.gateway.path.invalid',
    message:
      'The address has parts that could be read in two ways. Send the path without dot segments and encoded separators.',
  },
  upgrade: {
    statusCode: 400,
    code: 'error.msg.gateway.upgrade.unsupported',
    message: 'The bank does not offer WebSockets or other upgrades.',
  },
  badRequest: {
    statusCode: 400,
    code: 'error.msg.gateway.request.invalid',
    message: 'The request is not in a form that the bank accepts.',
  },
  notAuthenticated: {
    statusCode: 401,
    code: 'error.msg.not.authenticated',
    message: 'Sign in, or send an access token in the Authorization header.',
  },
  badToken: {
    statusCode: 401,
    code: 'error.msg.not.authenticated',
    message: 'The access token is not valid for this bank or has expired. Get a new one.',
  },
  basicDisabled: {
    statusCode: 401,
    code: 'error.msg.not.authenticated',
    message: 'User name and password are not accepted here. Sign in, or send an access token.',
  },
  crossSite: {
    statusCode: 403,
    code: 'error.msg.gateway.cross.site',
    message: 'This change did not come from the bank’s own pages, so it was not made.',
  },
  notFound: {
    statusCode: 404,
    code: 'error.msg.resource.not.found',
    message: 'There is nothing at this address.',
  },
  tooLarge: {
    statusCode: 413,
    code: 'error.msg.gateway.body.too.large',
    message: 'The request is larger than the bank accepts.',
  },
  internal: {
    statusCode: 500,
    code: 'error.msg.gateway.failed',
    message:
      'Something failed on our side. Try again, and tell your administrator the request id if it happens again.',
  },
  upstreamDown: {
    statusCode: 502,
    code: 'error.msg.gateway.upstream.unreachable',
    message:
      'The core banking server does not answer. Nothing is known to have been changed; try again in a moment.',
    retryAfterSeconds: 5,
  },
  identityDown: {
    statusCode: 503,
    code: 'error.msg.gateway.identity.unreachable',
    message: 'The sign-in service does not answer. Try again in a moment.',
    retryAfterSeconds: 5,
  },
  sessionsDown: {
    statusCode: 503,
    code: 'error.msg.gateway.sessions.unreachable',
    message: 'The store of sessions does not answer. Try again in a moment.',
    retryAfterSeconds: 5,
  },
  upstreamSlow: {
    statusCode: 504,
    code: 'error.msg.gateway.upstream.timeout',
    message: 'The core banking server took too long. A change may still be made: look before you repeat it.',
  },
} satisfies Record<string, Refusal>;

/** A refusal on its way to the place that writes it. */
export class RefusalError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.name = 'RefusalError';
    this.refusal = refusal;
  }
}

/** Writes a refusal in the shape of Fineract's error bodies. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { statusCode, code, message, retryAfterSeconds } = refusal;
  // Bearer, not Basic: a browser must never open its own password box.
  if (statusCode === 401) reply.header('www-authenticate', 'Bearer realm="Fineract"');
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  return reply
    .code(statusCode)
    .header('cache-control', 'no-store')
    .send({
      developerMessage: message,
      httpStatusCode: String(statusCode),
      defaultUserMessage: message,
      userMessageGlobalisationCode: code,
    });
}
