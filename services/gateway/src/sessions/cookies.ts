import type { FastifyReply, FastifyRequest } from 'fastify';

/** Browsers keep at least 4096 bytes a cookie, name and attributes included. */
const CHUNK_CHARACTERS = 3600;
const CHUNKS_MAX = 4;

export type SessionCookie = {
  isSet: (request: FastifyRequest) => boolean;
  read: (request: FastifyRequest) => string | null;
  write: (request: FastifyRequest, reply: FastifyReply, value: string) => void;
  clear: (request: FastifyRequest, reply: FastifyReply) => void;
};

/**
 * The session cookie: out of reach of scripts, not sent along by other sites, gone with the browser. A value that is too
 * long for one cookie continues in the next.
 */
export function createSessionCookie({ secure }: { secure: boolean }): SessionCookie {
  // The __Host- prefix keeps neighbours on subdomains from setting it; browsers want it Secure.
  const name = secure ? '__Host-fineract_session' : 'fineract_session';
  const names = Array.from({ length: CHUNKS_MAX }, (_, index) => (index === 0 ? name : `${name}.${index}`));
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const setChunks = (request: FastifyRequest, reply: FastifyReply, chunks: string[]) => {
    names.forEach((each, index) => {
      const chunk = chunks[index];
      if (chunk !== undefined) reply.setCookie(each, chunk, attributes);
      else if (request.cookies[each] !== undefined) reply.clearCookie(each, attributes);
    });
  };
  return {
    isSet: (request) => request.cookies[name] !== undefined,
    read: (request) => {
      const chunks = names.map((each) => request.cookies[each]);
      const end = chunks.indexOf(undefined);
      return end === 0 ? null : chunks.slice(0, end === -1 ? undefined : end).join('');
    },
    write: (request, reply, value) => {
      const chunks = value.match(new RegExp(`.{1,${CHUNK_CHARACTERS}}`, 'gs')) ?? [];
      if (chunks.length > CHUNKS_MAX)
        throw new Error('the session is too large for cookies; use Redis (REDIS_URL)');
      setChunks(request, reply, chunks);
    },
    clear: (request, reply) => setChunks(request, reply, []),
  };
}
