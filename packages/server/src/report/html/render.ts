import { formatTime } from '@helios/charts'
import { Html, html } from '../../page/html.ts'
import type { Report } from '../report.ts'
import { sectionsOf } from '../sections.ts'
import { sectionElement } from './blocks.ts'
import { CONTENT_SECURITY_POLICY } from './policy.ts'
import { STYLES } from './styles.ts'
import { joined, text } from './text.ts'

const SUN = new Html(
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="4.6" fill="currentColor" stroke="none"/><path d="M12 1.8v2.6M12 19.6v2.6M1.8 12h2.6M19.6 12h2.6M4.8 4.8l1.8 1.8M17.4 17.4l1.8 1.8M4.8 19.2l1.8-1.8M17.4 6.6l1.8-1.8"/></svg>',
)

/** One file that shows everything: no other file, no network and no script is needed to read it. */
export async function renderHtml(report: Report): Promise<string> {
  const { experiment, generatedAt, timeZone, release } = report
  const sections: Html[] = []
  for (const section of sectionsOf(report)) sections.push(await sectionElement(section))
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<title>${text(experiment.name)} · experiment report</title>
<style>${new Html(STYLES)}</style>
</head>
<body>
<header>
<p class="kicker">${SUN}Experiment report</p>
<h1 dir="auto">${text(experiment.name)}</h1>
<p class="byline">${experiment.key} · ${experiment.status} · ${formatTime(generatedAt)} (${text(timeZone)})</p>
</header>
<main>
${joined(sections)}
</main>
<footer>Helios ${release}. Every number says how it was obtained; the same events give the same numbers.</footer>
</body>
</html>
`
  return document.text
}
