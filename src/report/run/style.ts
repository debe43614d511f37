// How a report looks: one sheet, light and dark, from phones to wide screens, and on paper.
import { colours } from '../charts/paint.js';

const variables = (mode: 0 | 1) =>
	Object.entries(colours)
		.map(([name, values]) => `--${name}: ${values[mode]};`)
		.join(' ');

/** The sheet. */
export const style = `:root { color-scheme: light dark; ${variables(0)} }
@media (prefers-color-scheme: dark) { :root { ${variables(1)} } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word }
.page { max-width: 72rem; margin: 0 auto; padding: clamp(1rem, 4vw, 3rem) clamp(1rem, 4vw, 2.5rem) 4rem }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.15; letter-spacing: -0.02em; margin: 0 }
h2 { font-size: 1.25rem; letter-spacing: -0.01em; margin: 0 0 0.25rem }
h3 { font-size: 0.95rem; font-weight: 600; margin: 0 0 0.6rem }
p { margin: 0.25rem 0 1rem; max-width: 65ch }
a { color: var(--first) }
.soft, figcaption, caption { color: var(--soft); font-size: 0.9rem }
section { margin-top: 3.25rem; scroll-margin-top: 1rem }
nav { display: flex; flex-wrap: wrap; gap: 0.35rem 1.1rem; margin-top: 1.25rem; padding-top: 0.9rem; border-top: 1px solid var(--line); font-size: 0.9rem }
nav a { text-decoration: none }
nav a:hover { text-decoration: underline }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; margin: 1.75rem 0 0 }
.figures div { background: var(--panel); border-radius: 10px; padding: 0.75rem 1rem }
.figures dt { color: var(--soft); font-size: 0.85rem }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 650; letter-spacing: -0.02em }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1.25rem; margin-top: 1rem }
figure { margin: 0; min-width: 0; background: var(--panel); border-radius: 10px; padding: 1rem }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto }
.wide { overflow-x: auto; width: fit-content; max-width: 100%; margin-top: 1rem }
.wide svg { max-width: none }
.charts svg { width: 100% }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; margin-top: 0.75rem }
.table { overflow-x: auto }
caption { text-align: left; padding-bottom: 0.4rem }
th, td { text-align: right; padding: 0.45rem 0.75rem; border-bottom: 1px solid var(--line) }
th:first-child, td:first-child { text-align: left; padding-left: 0 }
thead th { color: var(--soft); font-weight: 500; font-size: 0.85rem }
tbody th { font-weight: 500 }
td .share { display: inline-block; width: 4.5rem; height: 0.5rem; margin-left: 0.6rem; border-radius: 3px; background: linear-gradient(to right, var(--first) var(--share), var(--line) var(--share)) }
.facts th { color: var(--soft); font-weight: 400; width: 14rem; vertical-align: top }
.facts td { text-align: left; overflow-wrap: anywhere }
.example { border: 1px solid var(--line); border-left: 4px solid var(--third); border-radius: 8px; padding: 0.8rem 1rem; margin-bottom: 0.75rem }
.example.wrong { border-left-color: var(--second) }
.example header { display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; font-size: 0.88rem; margin-bottom: 0.35rem }
.example .text, .attention .text { margin: 0; max-width: none; line-height: 1.75; white-space: pre-wrap }
.groups { display: grid; gap: 1.75rem; margin-top: 1rem }
.for, .against { border-radius: 3px; padding: 0.08em 0 }
.for { background: color-mix(in srgb, var(--first) calc(var(--weight) * 48%), transparent) }
.against { background: color-mix(in srgb, var(--second) calc(var(--weight) * 48%), transparent); text-decoration: underline dotted var(--second); text-underline-offset: 0.25em }
.key span { padding: 0.08em 0.4em }
.empty { background: var(--panel); border-radius: 10px; padding: 0.8rem 1rem; color: var(--soft) }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.85rem }
@media (max-width: 34rem) { td .share { display: none } table { font-size: 0.85rem } th, td { padding: 0.4rem 0.35rem } .facts th { width: 9rem } }
@media print { .page { max-width: none; padding: 0 } figure, .example { break-inside: avoid } nav { display: none } }`;
