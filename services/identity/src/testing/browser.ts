import { request as httpRequest } from 'node:http';

type Cookie = { name: string; value: string; path: string; attributes: string[] };
type RequestOptions = { method?: string; headers?: Record<string, string>; body?: string };
export type Page = { url: string; status: number; headers: Headers; body: string };

/**
 * As much of a browser as signing in needs: cookies by path (ports do not separate them), redirects, forms, and the
 * headers by which servers tell their own pages from others.
 */
export class Browser {
  readonly cookies: Cookie[] = [];
  readonly visited: string[] = [];

  async get(url: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.request(url, { headers: { accept: 'text/html', ...headers } });
  }

  /** Follows redirects as a browser does; `stopAt` ends it before a request to an address that starts so. */
  async navigate(url: string, stopAt?: string): Promise<Page> {
    let page = await this.get(url);
    for (let hops = 0; page.status >= 300 && page.status < 400; hops++) {
      if (hops === 20) throw new Error(`too many redirects from ${url}`);
      const next = new URL(page.headers.get('location') ?? '', page.url).href;
      if (stopAt !== undefined && next.startsWith(stopAt)) return page;
      page = await this.get(next);
    }
    return page;
  }

  /** Sends the page's form with the fields filled in, and follows redirects. */
  async submit(page: Page, fields: Record<string, string>, stopAt?: string): Promise<Page> {
    const answer = await this.post(page, fields);
    if (answer.status < 300 || answer.status >= 400) return answer;
    const next = new URL(answer.headers.get('location') ?? '', answer.url).href;
    return stopAt !== undefined && next.startsWith(stopAt) ? answer : this.navigate(next, stopAt);
  }

  /** Sends the page's form; does not follow. */
  async post(
    page: Page,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Page> {
    const form = /<form[^>]*action="([^"]+)"/.exec(page.body)?.[1];
    if (form === undefined)
      throw new Error(`no form on ${page.url} (${page.status}): ${page.body.slice(0, 300)}`);
    const hidden = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const values = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...fields };
    const url = new URL(decodeEntities(form), page.url);
    const body = new URLSearchParams(values as Record<string, string>).toString();
    const own = {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      origin: url.origin,
      'sec-fetch-site': 'same-origin',
      ...headers,
    };
    return this.request(url.href, { method: 'POST', body, headers: own });
  }

  async request(url: string, init: RequestOptions = {}): Promise<Page> {
    const target = new URL(url);
    const cookie = this.cookies
      .filter(({ path }) => target.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const headers = { ...init.headers, ...(cookie === '' ? {} : { cookie }) };
    this.visited.push(`${init.method ?? 'GET'} ${target.origin}${target.pathname}`);
    const page = await send(url, { ...init, headers });
    for (const line of page.headers.getSetCookie()) this.store(line, target);
    return page;
  }

  cookie(name: string): Cookie | undefined {
    return this.cookies.find((cookie) => cookie.name === name);
  }

  private store(line: string, url: URL): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const attribute = (wanted: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.split('=')[1];
    const path = attribute('path') ?? url.pathname.replace(/\/[^/]*$/, '/');
    const known = this.cookies.findIndex((cookie) => cookie.name === name && cookie.path === path);
    if (known >= 0) this.cookies.splice(known, 1);
    const expired =
      attribute('max-age') === '0' || new Date(attribute('expires') ?? '9999').getTime() <= Date.now();
    if (value !== '' && !expired) this.cookies.push({ name, value, path, attributes });
  }
}

function decodeEntities(text: string): string {
  return text.replace(/&#(\d+);/g, (_match, code: string) => String.fromCharCode(Number(code)));
}

/** Plain HTTP: `fetch` would add headers of its own, by which servers tell scripts from people. */
function send(url: string, { method = 'GET', headers = {}, body }: RequestOptions): Promise<Page> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(url, { method, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      const received = new Headers();
      for (const [name, values] of Object.entries(response.headersDistinct)) {
        for (const value of values ?? []) received.append(name, value);
      }
      resolve({ url, status: response.statusCode ?? 0, headers: received, body: text });
    });
    call.on('error', reject).end(body);
  });
}
