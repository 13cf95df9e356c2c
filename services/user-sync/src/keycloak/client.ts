/** HTTP to Keycloak's Admin API as the service account of user sync. */
import type { KeycloakAddress } from '../config.ts';

/** Keycloak cannot be reached, is broken, or does not let us in: the same call may succeed later. */
export class KeycloakAway extends Error {}

/** Keycloak understood and said no; the same call would be refused again. */
export class KeycloakRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface KeycloakClient {
  /**
   * Calls the Admin API below the realm (`/users`); answers the body, or `null` where there is none.
   * @throws KeycloakAway | KeycloakRefusal
   */
  call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}

const TIMEOUT_MS = 5_000;
/** A token is renewed this long before its end. */
const RENEWAL_SECONDS = 30;

export function createKeycloakClient(address: KeycloakAddress): KeycloakClient {
  const base = `${address.url}/admin/realms/${address.realm}`;
  const currentToken = tokenSource(address);
  return {
    async call(method, path, body) {
      const send = async (renew: boolean) =>
        request(`${base}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${await currentToken(renew)}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
      let response = await send(false);
      // Keys may have been rotated, or Keycloak begun anew, before the token's time was over.
      if (response.status === 401) response = await send(true);
      return readAnswer(response);
    },
  };
}

/** Client credentials (RFC 6749, 4.4); one token is used until shortly before its end. */
function tokenSource({ url, realm, clientId, clientSecret }: KeycloakAddress) {
  let known = { token: '', until: 0 };
  const credentials = [clientId, clientSecret].map(encodeURIComponent).join(':');
  return async (renew: boolean): Promise<string> => {
    if (!renew && Date.now() < known.until) return known.token;
    const response = await request(`${url}/realms/${realm}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const answer = (await response.json().catch(() => ({}))) as {
      access_token?: string;
      expires_in?: number;
    };
    if (!response.ok || !answer.access_token) {
      throw new KeycloakAway(`Keycloak gives ${clientId} no token (status ${response.status})`);
    }
    const seconds = (answer.expires_in ?? 60) - RENEWAL_SECONDS;
    known = { token: answer.access_token, until: Date.now() + seconds * 1000 };
    return known.token;
  };
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new KeycloakAway('Keycloak does not answer', { cause });
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const body = parse(text);
  if (response.ok) return body;
  const { status } = response;
  if (status >= 500 || [401, 403, 408, 429].includes(status)) {
    throw new KeycloakAway(`Keycloak answered with status ${status}`);
  }
  throw new KeycloakRefusal(status, reasonOf(body) ?? `status ${status}`);
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Keycloak's sentence or code; its parameters stay out, for they repeat what was sent. */
function reasonOf(body: unknown): string | undefined {
  const answer = (body ?? {}) as Record<string, unknown>;
  const texts = ['error_description', 'errorMessage', 'error'].map((name) => answer[name]);
  return texts.find((text): text is string => typeof text === 'string');
}
