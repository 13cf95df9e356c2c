/** The one place that turns what was thrown into an answer. Details of a bug stay in the log. */
import { isConnectionFailure } from '@fineract-gitops/db';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, parameterError, unavailable } from '../errors.ts';

export function handleError(
  error: FastifyError | ApiError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const refusal = toApiError(error);
  if (refusal.status >= 500) request.log.error({ err: error }, 'request failed');
  else if (refusal.status === 401 || refusal.code === 'error.msg.not.authorized') {
    request.log.warn(
      { status: refusal.status, code: refusal.code, route: request.routeOptions.url },
      'refused',
    );
  }
  if (refusal.status === 401) reply.header('www-authenticate', 'Basic realm="Fineract Platform API"');
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(bodyOf(refusal)));
}

function toApiError(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error;
  if (isConnectionFailure(error))
    return unavailable('The database cannot be reached. Try again in a moment.');
  const status = error.statusCode ?? 500;
  if (status === 413)
    return new ApiError(413, 'error.msg.request.too.large', 'The request body is too large.');
  if (status === 415) {
    return new ApiError(415, 'error.msg.unsupported.media.type', 'Send the body as application/json.');
  }
  if (status >= 400 && status < 500)
    return new ApiError(status, 'error.msg.invalid.request', 'The request is not valid.');
  const message = 'An unexpected error occurred. The request id names it in the logs.';
  return new ApiError(500, 'error.msg.platform.server.side.error', message, [
    parameterError('error.msg.platform.server.side.error', 'id', message),
  ]);
}

/** Fineract answers an unreadable body with one flat object instead of a list of errors. */
function bodyOf(refusal: ApiError): object {
  const body = refusal.body();
  return refusal.code === 'error.msg.invalid.request.body'
    ? { ...body, parameterName: 'id', args: [] }
    : body;
}
