import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const style = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 26rem; padding: 2rem }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1.25rem }
a, button { display: inline-block; padding: .65rem 1.1rem; font: inherit; font-weight: 600; color: #fff;
  background: #0b6b4f; border: 0; border-radius: .4rem; text-decoration: none; cursor: pointer }
:focus-visible { outline: 3px solid #4fc79f; outline-offset: 2px }
`;
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

export type Page = { statusCode: number; title: string; text: string; action: Action };
/** The way on: a link, or a form that changes something. */
export type Action = { label: string; href: string; method?: 'post' };

/** One of the gateway's own pages. All texts are the program's; nothing of a request gets into one. */
export function sendPage(reply: FastifyReply, page: Page, formTargets: readonly string[] = []): FastifyReply {
  const { statusCode, title, text, action } = page;
  const policy = [
    "default-src 'none'",
    `style-src ${styleHash}`,
    `form-action 'self' ${formTargets.join(' ')}`,
  ];
  return reply
    .code(statusCode)
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': [...policy, "base-uri 'none'", "frame-ancestors 'none'"].join('; '),
    })
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Fineract</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${showAction(action)}
</main>
</body>
</html>
`);
}

function showAction({ label, href, method }: Action): string {
  if (method === undefined) return `<a href="${href}">${label}</a>`;
  return `<form method="post" action="${href}"><button type="submit" autofocus>${label}</button></form>`;
}
