/** Colours meet WCAG AA (4.5:1 for text) on their surface, in both schemes. */
export const STYLES = `
:root {
  color-scheme: light dark;
  --page: #faf8f4; --surface: #ffffff; --line: #e7e2d9; --text: #1c1917; --muted: #5c554e;
  --accent: #9a3d0c; --sun: #f59e0b; --good: #14713f; --good-surface: #e2f5e8;
  --code: #201c1a; --code-text: #efeae4; --code-muted: #b3aaa0;
  --running: #15803d; --draft: #8b8378; --paused: #b45309; --completed: #1d4ed8; --cancelled: #a8a29e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141210; --surface: #1d1a18; --line: #35302b; --text: #f5f1eb; --muted: #b3aaa0;
    --accent: #fbbf6a; --sun: #fbbf24; --good: #86e0a5; --good-surface: #17301f;
    --code: #0e0c0b; --running: #4ade80; --draft: #a29a90; --paused: #fbbf24; --completed: #7aa7ff; --cancelled: #6b645d;
  }
}
* { box-sizing: border-box }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility;
}
.glow { position: absolute; inset: 0 0 auto; height: 420px; z-index: -1; pointer-events: none;
  background: radial-gradient(60rem 22rem at 18% -8rem, color-mix(in srgb, var(--sun) 26%, transparent), transparent 70%) }
.wrap { max-width: 1080px; margin: 0 auto; padding: 0 24px }
header { display: flex; align-items: center; gap: 12px; padding: 22px 0 }
.brand { display: flex; align-items: center; gap: 10px; color: inherit; text-decoration: none; font-weight: 650; font-size: 18px; letter-spacing: -.01em }
.brand svg { width: 26px; height: 26px; color: var(--sun) }
.chip { font-size: 13px; color: var(--muted); border: 1px solid var(--line); border-radius: 99px; padding: 1px 10px; background: var(--surface) }
nav { margin-left: auto; display: flex; gap: 22px }
nav a, footer a { color: var(--muted); text-decoration: none; font-size: 15px }
a:hover { color: var(--accent); text-decoration: underline; text-underline-offset: 3px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 6px }
.hero { padding: 30px 0 34px; display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 40px; align-items: center }
.loop { width: 300px; height: 250px; color: var(--line); font-size: 14px; font-weight: 550 }
.loop text { fill: var(--text); text-anchor: middle }
.loop .node { fill: var(--surface); stroke: var(--line); stroke-width: 1.2 }
.loop .spark { fill: var(--sun); transform-origin: 150px 125px; animation: orbit 14s linear infinite }
@keyframes orbit { to { transform: rotate(360deg) } }
@media (prefers-reduced-motion: reduce) { .loop .spark { animation: none } }
.pill { display: inline-flex; align-items: center; gap: 8px; background: var(--good-surface); color: var(--good); font-size: 14px; font-weight: 550; padding: 3px 12px; border-radius: 99px }
.pill::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: currentColor }
h1 { font-size: clamp(34px, 6vw, 54px); line-height: 1.06; letter-spacing: -.035em; font-weight: 680; margin: 18px 0 14px; text-wrap: balance }
h2 { font-size: 26px; line-height: 1.2; letter-spacing: -.02em; font-weight: 650; margin: 0 0 6px }
h3 { font-size: 17px; letter-spacing: -.01em; font-weight: 620; margin: 0 }
p { margin: 0; text-wrap: pretty }
.lead { font-size: 19px; color: var(--muted); max-width: 40em }
.muted { color: var(--muted) }
.tiles { display: grid; grid-template-columns: 1.7fr 1fr 1fr 1fr; gap: 14px; margin: 0; padding: 0 }
.tile { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; padding: 18px 20px; min-width: 0; box-shadow: 0 1px 2px rgb(0 0 0 / .04) }
.tile dt { font-size: 14px; color: var(--muted) }
.tile dd { margin: 4px 0 0; font-size: 30px; font-weight: 640; letter-spacing: -.03em; line-height: 1.15; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
.tile .note { font-size: 14px; font-weight: 400; letter-spacing: 0; line-height: 1.4; color: var(--muted); margin-top: 6px }
.bar { display: block; width: 100%; height: 8px; border-radius: 99px; margin: 14px 0 10px; background: var(--line) }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; list-style: none; margin: 0; padding: 0; font-size: 14px; color: var(--muted); font-weight: 400; letter-spacing: 0; line-height: 1.4 }
.legend b { color: var(--text); font-weight: 600; font-variant-numeric: tabular-nums }
.legend svg { width: 9px; height: 9px; margin-right: 6px }
.running { fill: var(--running) } .draft { fill: var(--draft) } .paused { fill: var(--paused) }
.completed { fill: var(--completed) } .cancelled { fill: var(--cancelled) }
.section { padding: 60px 0 0 }
.steps { list-style: none; margin: 26px 0 0; padding: 0; display: grid; gap: 14px }
.step { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; padding: 22px; display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 8fr); gap: 14px 30px; box-shadow: 0 1px 2px rgb(0 0 0 / .04) }
.step h3 { display: flex; align-items: center; gap: 11px }
.step .number { flex: none; display: inline-grid; place-items: center; width: 28px; height: 28px; border-radius: 50%; background: color-mix(in srgb, var(--sun) 22%, transparent); color: var(--accent); font-size: 14px; font-weight: 650 }
.step p { color: var(--muted); font-size: 15.5px; margin-top: 6px }
.code { position: relative; min-width: 0 }
.code pre { margin: 0; background: var(--code); color: var(--code-text); border-radius: 12px; padding: 16px 18px; overflow-x: auto; height: 100%; font: 13.5px/1.65 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; border: 1px solid color-mix(in srgb, var(--line) 50%, transparent); scrollbar-width: thin; scrollbar-color: #57504a transparent }
.code .flag { color: var(--code-muted) } .code .variable { color: #fbbf6a }
.code .body { color: #a5dba9 } .code [data-address] { color: #8ec5ff }
.code button { position: absolute; top: 10px; right: 10px; font: 550 13px/1 inherit; font-family: inherit; color: #efeae4; background: #3a332e; border: 1px solid #574e47; border-radius: 8px; padding: 7px 11px; cursor: pointer }
.code button:hover { background: #4a413b }
.links { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 14px; margin-top: 26px }
.links > * { display: block; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; padding: 18px 20px; color: inherit; text-decoration: none }
.links a:hover { border-color: var(--accent) }
.links span { display: block; color: var(--muted); font-size: 15px; margin-top: 2px }
footer { display: flex; flex-wrap: wrap; gap: 8px 22px; padding: 60px 0 40px; color: var(--muted); font-size: 15px }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
table { width: 100%; border-collapse: collapse; margin-top: 28px; font-size: 15px; background: var(--surface); border: 1px solid var(--line); border-radius: 16px; overflow: hidden }
th, td { text-align: left; padding: 11px 16px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
tr:last-child td { border-bottom: 0 } th { white-space: nowrap; font-size: 14px; color: var(--muted); font-weight: 550 }
tr:target td { background: color-mix(in srgb, var(--sun) 14%, transparent) }
td code { font: 13px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
@media (max-width: 860px) {
  .hero { grid-template-columns: minmax(0, 1fr) } .loop { display: none }
  .tiles { grid-template-columns: 1fr 1fr } .tile:first-child, .tile:last-child { grid-column: 1 / -1 }
  .step { grid-template-columns: minmax(0, 1fr) } .links { grid-template-columns: minmax(0, 1fr) }
}
@media (max-width: 520px) {
  .wrap { padding: 0 16px } .hero { padding: 26px 0 26px } .step { padding: 18px } .section { padding-top: 44px }
  thead { display: none } tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-bottom: 1px solid var(--line); padding: 6px 0 }
  td { border: 0; padding: 5px 16px } td:last-child { grid-column: 1 / -1 }
  nav { gap: 16px } .tile dd { font-size: 25px } .lead { font-size: 17px } .code pre { padding-top: 50px }
}
@media print { .glow, .code button { display: none } }
`
