/** The page's one style sheet, served at /style.css. */
export const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); --quiet: color-mix(in srgb, currentColor 60%, transparent); --accent: light-dark(#2557a7, #8ab4f8); }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.2rem; margin: 0 auto 0 0; }
h1 a { color: inherit; }
h2 { font-size: 1.3rem; margin: 1.2rem 0 .6rem; overflow-wrap: anywhere; }
input, select, button { font: inherit; padding: .3rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: transparent; color: inherit; }
button { cursor: pointer; }
form { display: flex; gap: .5rem; }
table { width: 100%; border-collapse: collapse; }
td { padding: .55rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.what { width: 99%; overflow-wrap: anywhere; }
td.when, td.kind { white-space: nowrap; color: var(--quiet); }
.snippet, .quiet { color: var(--quiet); }
.snippet { display: block; max-height: 1.5em; overflow: hidden; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .4rem; font: inherit; }
iframe { width: 100%; height: 32rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
nav { display: flex; justify-content: space-between; padding: 1rem 0; }
.empty { text-align: center; padding: 4rem 1rem; }
`;
