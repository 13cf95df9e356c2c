import { createHash, randomBytes } from 'node:crypto';
import { Browser, type Page } from './browser.ts';
import { demoPassword, gatewaySecret, type TestIdentity } from './identity.ts';

export type Tokens = {
  access_token: string;
  refresh_token: string;
  id_token: string;
  expires_in: number;
  refresh_expires_in: number;
};

export const redirectUri = 'http://localhost:9999/auth/callback';

/** An authorization request as the gateway makes it; `change` sets or (with `undefined`) removes parameters. */
export function authorizationUrl(identity: TestIdentity, change: Record<string, string | undefined> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const parameters = {
    client_id: 'fineract-gateway',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: redirectUri,
    state: 'some-state',
    nonce: 'some-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...change,
  };
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { url: `${identity.endpoint('auth')}?${new URLSearchParams(given)}`, verifier };
}

/** Signs a user in and returns where the browser was sent. */
export async function signIn(
  identity: TestIdentity,
  { browser = new Browser(), username = 'teller', password = demoPassword } = {},
): Promise<{ browser: Browser; verifier: string; page: Page; code: string | null }> {
  const { url, verifier } = authorizationUrl(identity);
  const form = await browser.navigate(url, redirectUri);
  const page = form.status === 303 ? form : await browser.submit(form, { username, password }, redirectUri);
  const location = page.headers.get('location');
  return {
    browser,
    verifier,
    page,
    code: location === null ? null : new URL(location).searchParams.get('code'),
  };
}

export const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** A call to the token endpoint as the gateway. */
export async function requestTokens(
  identity: TestIdentity,
  parameters: Record<string, string>,
  authorization = basic('fineract-gateway', gatewaySecret),
): Promise<{ status: number; body: Tokens & { error?: string; error_description?: string } }> {
  const response = await fetch(identity.endpoint('token'), {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(parameters),
  });
  return { status: response.status, body: (await response.json()) as Tokens };
}

export function exchange(identity: TestIdentity, code: string | null, verifier: string) {
  const parameters = {
    grant_type: 'authorization_code',
    code: code ?? '',
    code_verifier: verifier,
    redirect_uri: redirectUri,
  };
  return requestTokens(identity, parameters);
}

export function refresh(identity: TestIdentity, refreshToken: string) {
  return requestTokens(identity, { grant_type: 'refresh_token', refresh_token: refreshToken });
}
