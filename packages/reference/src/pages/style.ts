/** The style sheet of the reference pages: both themes, readable on a phone. */
export const STYLE_SHEET = `:root {
  color-scheme: light dark;
  --ground: #fff;
  --raised: #f4f6f8;
  --line: #d5dbe1;
  --text: #16202a;
  --muted: #52606d;
  --link: #0b5cad;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f151b;
    --raised: #19222b;
    --line: #2e3a46;
    --text: #e6edf3;
    --muted: #9fb0c0;
    --link: #7cb8ff;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
a { color: var(--link); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; align-items: baseline; padding: 0.75rem 1.5rem; border-bottom: 1px solid var(--line); }
nav ul { list-style: none; margin: 0; padding: 0; }
header ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
a[aria-current] { font-weight: 600; color: var(--text); text-decoration: none; }
.columns { display: grid; grid-template-columns: 15rem minmax(0, 1fr); max-width: 80rem; margin: 0 auto; }
.sections { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 1.5rem; font-size: 0.9rem; }
.sections li { padding: 0.15rem 0; overflow-wrap: anywhere; }
main { padding: 1rem 1.5rem 6rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin-top: 2.5rem; overflow-wrap: anywhere; }
code { font: 0.9em ui-monospace, monospace; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; overflow-x: auto; max-height: 24rem; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th[scope="row"] { font-weight: 500; overflow-wrap: anywhere; }
small, .codes { color: var(--muted); }
.method { font: 600 0.75em ui-monospace, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0.1em 0.4em; background: var(--raised); }
@media (max-width: 48rem) {
  .columns { display: block; }
  .sections { position: static; max-height: none; padding-bottom: 0; }
  .sections ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
  table, tbody, tr, th, td { display: block; border: 0; padding: 0; }
  thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
}
`;
