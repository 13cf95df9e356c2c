import { Html, html } from './html.ts';
import { style } from './style.ts';

const styleElement = new Html(`<style>${style}</style>`);

/** One page: the product's name, a heading, and what it is for. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Fineract</title>
${styleElement}
</head>
<body>
<main>
<p class="bank">Fineract</p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text;
}

/** What went wrong, read out at once by a screen reader. */
export function alert(message: string | undefined): Html {
  return message === undefined ? html`` : html`<div class="alert" role="alert"><p>${message}</p></div>`;
}
