import { createHash } from 'node:crypto';

/** The whole style of the pages; they load nothing else. */
export const style = `
:root { color-scheme: light dark; --paper: #f4f6f5; --card: #fff; --ink: #17211d; --soft: #55625c; --line: #c6d0cb;
  --accent: #0b6b4f; --accent-ink: #fff; --bad: #a11d1d; --bad-paper: #fdeeee }
@media (prefers-color-scheme: dark) { :root { --paper: #101513; --card: #18201d; --ink: #e9efec; --soft: #a3b1aa;
  --line: #3c4944; --accent: #4fc79f; --accent-ink: #06251a; --bad: #ffb4ae; --bad-paper: #3a1717 } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 24rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem;
  padding: 2rem; border-top: .3rem solid var(--accent) }
.bank { margin: 0 0 .25rem; color: var(--accent); font-weight: 700; letter-spacing: .02em }
h1 { margin: 0 0 1.25rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1rem }
.soft { color: var(--soft); font-size: .925rem }
label { display: block; margin: 0 0 .3rem; font-weight: 600 }
input { width: 100%; margin: 0 0 1.1rem; padding: .65rem .75rem; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--soft); border-radius: .4rem }
button, .button { display: block; width: 100%; padding: .7rem; font: inherit; font-weight: 600; text-align: center;
  text-decoration: none; color: var(--accent-ink); background: var(--accent); border: 0; border-radius: .4rem;
  cursor: pointer }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.alert { margin: 0 0 1.25rem; padding: .7rem .85rem; color: var(--bad); background: var(--bad-paper);
  border-left: .25rem solid var(--bad); border-radius: .25rem }
.alert p, main > :last-child { margin-bottom: 0 }
`;

/** What a Content-Security-Policy needs to know of it. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
