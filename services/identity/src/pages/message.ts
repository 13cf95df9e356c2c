import { html } from './html.ts';
import { page } from './layout.ts';

export type Message = {
  title: string;
  text: string;
  detail?: string;
  link?: { href: string; label: string };
};

/** A page that says one thing and, where there is one, shows the way on. */
export function messagePage({ title, text, detail, link }: Message): string {
  const content = html`<p>${text}</p>
${detail !== undefined && html`<p class="soft">${detail}</p>`}
${link !== undefined && html`<a class="button" href="${link.href}">${link.label}</a>`}`;
  return page(title, content);
}
