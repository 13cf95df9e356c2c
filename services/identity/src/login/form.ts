import type { FastifyInstance, preValidationAsyncHookHandler } from 'fastify';

const FORM_BYTES_MAX = 16_384;

/** Lets `server` take HTML forms and nothing else; a field that comes twice is refused, not guessed at. */
export function acceptForms(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_BYTES_MAX },
    (_request, text, done) => {
      const fields = [...new URLSearchParams(String(text))];
      const form = new Map(fields);
      if (form.size === fields.length) return done(null, form);
      done(Object.assign(new Error('a field of the form came twice'), { statusCode: 400 }));
    },
  );
}

/**
 * Refuses a form that another site made the browser send. The login's cookie is `SameSite=Lax` and would be missing
 * anyway; this does not depend on it.
 */
export function requireSameOrigin(ownOrigin: string): preValidationAsyncHookHandler {
  return async (request) => {
    const { origin, 'sec-fetch-site': site } = request.headers;
    const foreign =
      site === undefined ? origin !== undefined && origin !== ownOrigin : site !== 'same-origin';
    if (foreign) throw Object.assign(new Error('the form came from another site'), { statusCode: 403 });
  };
}
