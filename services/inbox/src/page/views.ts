import type { Message } from '../message.ts';
import type { MessageFilter } from '../store.ts';
import { type Html, html } from './html.ts';

export interface ListView {
  filter: MessageFilter;
  messages: Message[];
  total: number;
  limit: number;
  offset: number;
}

function layout(title: string, filter: MessageFilter, content: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<h1><a href="/">Inbox</a></h1>
<form action="/" role="search">
<select name="kind" aria-label="Kind">${[option('', 'All', filter), option('mail', 'Mail', filter), option('sms', 'SMS', filter)]}</select>
<input type="search" name="q" value="${filter.search}" placeholder="Search" aria-label="Search">
<button>Search</button>
</form>
<form action="/messages/delete" method="post"><button>Delete all</button></form>
</header>
<main>${content}</main>
</body>
</html>`;
  return page.markup;
}

function option(value: string, label: string, filter: MessageFilter): Html {
  const chosen = (filter.kind ?? '') === value;
  return html`<option value="${value}"${chosen && html` selected`}>${label}</option>`;
}

/** The list of messages, or what to do when there are none. */
export function listPage(view: ListView): string {
  if (view.total === 0) return layout('Inbox', view.filter, emptyState(view.filter));
  const rows = view.messages.map(
    (message) => html`<tr>
<td class="kind">${message.kind === 'mail' ? 'Mail' : 'SMS'}</td>
<td class="what"><a href="/messages/${message.id}">${message.subject || message.text.slice(0, 80) || '(no subject)'}</a>
<span class="snippet">${message.to.join(', ')}${message.subject && ` · ${message.text.slice(0, 160)}`}</span></td>
<td class="when">${when(message)}</td>
</tr>`,
  );
  return layout('Inbox', view.filter, html`<table><tbody>${rows}</tbody></table>${pager(view)}`);
}

function emptyState(filter: MessageFilter): Html {
  if (filter.search || filter.kind || filter.to) {
    return html`<p class="empty">No message matches. <a href="/">Show all messages</a></p>`;
  }
  return html`<div class="empty"><h2>No messages yet</h2>
<p class="quiet">Mail and text messages that the bank sends on this machine arrive here and nowhere else.</p>
<p class="quiet">To see some, activate a client who has an e-mail address, or run the interest job.</p></div>`;
}

function pager({ filter, total, limit, offset }: ListView): Html {
  const link = (to: number, label: string) => {
    const query = new URLSearchParams({ q: filter.search ?? '', kind: filter.kind ?? '', offset: `${to}` });
    return html`<a href="/?${query.toString()}">${label}</a>`;
  };
  const newer = offset > 0 ? link(Math.max(0, offset - limit), 'Newer') : html`<span></span>`;
  const older = offset + limit < total ? link(offset + limit, 'Older') : html`<span></span>`;
  const last = Math.min(offset + limit, total);
  return html`<nav>${newer}<span class="quiet">${offset + 1}–${last} of ${total}</span>${older}</nav>`;
}

/** One message; its HTML stands in a frame that may run no script and load nothing. */
export function messagePage(message: Message): string {
  const attachments = message.attachments.map(
    ({ filename, content }, index) =>
      html`<a href="/messages/${message.id}/attachments/${index}">${filename}</a> <span class="quiet">${kilobytes(content.length)}</span> `,
  );
  const body =
    message.html === undefined
      ? html`<pre>${message.text}</pre>`
      : html`<iframe sandbox src="/messages/${message.id}/html" title="Message"></iframe>`;
  return layout(
    message.subject || 'Message',
    {},
    html`<h2>${message.subject || (message.kind === 'sms' ? 'Text message' : '(no subject)')}</h2>
<dl>${message.from && html`<dt>From</dt><dd>${message.from}</dd>`}<dt>To</dt><dd>${message.to.join(', ')}</dd>
<dt>Received</dt><dd>${when(message)}</dd>${attachments.length > 0 && html`<dt>Attached</dt><dd>${attachments}</dd>`}</dl>
${body}`,
  );
}

/** A page that says what is not there, with the way back. */
export function notFoundPage(): string {
  return layout(
    'Not found',
    {},
    html`<p class="empty">This message is not here (any more). <a href="/">Show all messages</a></p>`,
  );
}

function when({ receivedAt }: Message): Html {
  return html`<time datetime="${receivedAt}">${receivedAt.slice(0, 10)} ${receivedAt.slice(11, 19)} UTC</time>`;
}

function kilobytes(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KB`;
}
