import { darkChartStyles } from './chart.ts'

/** Colours meet WCAG AA (4.5:1 for text) on their surface, in both schemes. Dark is for screens only. */
export const STYLES = `
:root {
  --page: #faf8f4; --surface: #ffffff; --line: #e7e2d9; --text: #1c1917; --muted: #5c554e; --sun: #f59e0b;
  --good: #14713f; --bad: #b3261e; --warning: #8a5300; --neutral: #5c554e;
  --good-surface: #e9f6ee; --bad-surface: #fdecea; --warning-surface: #fdf3e1; --neutral-surface: #f3f0ea;
}
* { box-sizing: border-box }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 "Inter Variable", Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  -webkit-text-size-adjust: 100%; overflow-wrap: break-word;
}
main, body > header, body > footer { max-width: 800px; margin: 0 auto; padding: 0 32px }
body > header { padding-top: 40px }
.kicker { display: flex; align-items: center; gap: 8px; margin: 0; color: var(--muted); font-size: 14px; font-weight: 550 }
.kicker svg { width: 18px; height: 18px; color: var(--sun) }
h1 { font-size: 34px; line-height: 1.12; letter-spacing: -.025em; font-weight: 680; margin: 10px 0 8px; text-wrap: balance }
h2 { font-size: 22px; line-height: 1.25; letter-spacing: -.015em; font-weight: 650; margin: 0 0 10px }
h3 { font-size: 16px; line-height: 1.35; font-weight: 650; margin: 26px 0 8px }
p { margin: 0 0 10px; text-wrap: pretty }
ul { margin: 0 0 10px; padding-left: 20px } li { margin: 3px 0 }
.remark { color: var(--muted); font-size: 14px; margin: 0 0 6px }
.byline { color: var(--muted); font-size: 14px; margin: 0 }
section { border-top: 1px solid var(--line); margin-top: 32px; padding-top: 26px }
#verdict { border-top: 0; margin-top: 22px; padding-top: 0 }
#verdict > h2, caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.notice { border: 1px solid var(--line); border-left: 5px solid var(--tone); background: var(--tone-surface); border-radius: 8px; padding: 14px 18px; margin: 0 0 12px }
.notice .lead { font-weight: 650; margin: 0 } .notice ul { margin: 8px 0 0; font-size: 15px }
#verdict .notice:first-of-type .lead { font-size: 21px; line-height: 1.35; letter-spacing: -.01em }
.good { --tone: var(--good); --tone-surface: var(--good-surface) } .bad { --tone: var(--bad); --tone-surface: var(--bad-surface) }
.warning { --tone: var(--warning); --tone-surface: var(--warning-surface) } .neutral { --tone: var(--neutral); --tone-surface: var(--neutral-surface) }
.mark { color: var(--tone); font-weight: 600 } .mark.neutral { font-weight: 400 }
blockquote { margin: 0 0 16px; padding: 2px 0 2px 16px; border-left: 3px solid var(--sun); white-space: pre-line }
dl { margin: 0 0 18px; font-size: 15px } dl > div { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 12px; padding: 5px 0 }
dt { color: var(--muted) } dd { margin: 0 }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.4; margin: 0 0 14px; font-variant-numeric: tabular-nums }
th, td { text-align: left; vertical-align: top; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
thead th { color: var(--muted); font-weight: 550; font-size: 13px; overflow-wrap: normal } tbody th { font-weight: 600 }
.score { display: flex; align-items: center; gap: 8px; white-space: nowrap } .bar { flex: none; width: 64px; height: 8px } .bar .track { fill: var(--line) } .bar rect { fill: var(--tone) }
#methods tbody th { font-weight: 400; width: 34% } #methods td:nth-child(2) { width: 20% }
figure { margin: 14px 0 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 16px }
figcaption { font-weight: 650; margin-bottom: 12px }
.drawing svg { display: block; width: 100%; height: auto; font-family: inherit } .drawing.narrow { display: none }
.summary { color: var(--muted); font-size: 13.5px; margin: 12px 0 0 }
details { margin-top: 10px; font-size: 14px } summary { cursor: pointer; color: var(--muted) } details table { margin: 10px 0 0; font-size: 13px }
body > footer { color: var(--muted); font-size: 14px; padding-top: 28px; padding-bottom: 48px }
:focus-visible { outline: 2px solid var(--sun); outline-offset: 3px; border-radius: 4px }
@media (max-width: 640px) {
  main, body > header, body > footer { padding-left: 16px; padding-right: 16px }
  body > header { padding-top: 24px } h1 { font-size: 27px }
  #verdict .notice:first-of-type .lead { font-size: 18px } figure { padding: 12px; margin-left: -4px; margin-right: -4px }
  .drawing.wide { display: none } .drawing.narrow { display: block }
  dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; padding: 6px 0 }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  tbody, tbody tr, tbody th, tbody td { display: block; border: 0 }
  tbody tr { border-bottom: 1px solid var(--line); padding: 8px 0 }
  tbody th, tbody td { padding: 2px 0 }
  tbody td { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 10px; align-items: start }
  tbody td::before { content: attr(data-label); color: var(--muted) } tbody td > * { grid-column: 2 } tbody td.nothing { display: none }
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --page: #141210; --surface: #1f1c19; --line: #35302b; --text: #f5f1eb; --muted: #b3aaa0; --sun: #fbbf24;
    --good: #86e0a5; --bad: #ff9b92; --warning: #fbbf6a; --neutral: #b3aaa0;
    --good-surface: #17301f; --bad-surface: #3a1c19; --warning-surface: #33270f; --neutral-surface: #24201d;
  }
  ${darkChartStyles()}
}
@media print {
  @page { margin: 16mm 14mm }
  :root { --page: #ffffff; font-size: 10.5pt }
  body { font-size: 10.5pt } main, body > header, body > footer { max-width: none; padding: 0 } body > header { padding-top: 0 }
  h1 { font-size: 22pt } h2 { font-size: 15pt } table { font-size: 9pt } section { margin-top: 18pt; padding-top: 14pt }
  .notice, figure, tr, blockquote, dl > div { break-inside: avoid } h2, h3, figcaption, thead { break-after: avoid }
  .notice { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  details { display: none }
}
`
