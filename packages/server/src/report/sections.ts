import type { Section } from './blocks.ts'
import type { Report } from './report.ts'
import { changesSection } from './sections/changes.ts'
import { effectOverTimeSection } from './sections/effect-over-time.ts'
import { healthSection } from './sections/health.ts'
import { methodsSection } from './sections/methods.ts'
import { posteriorSection } from './sections/posterior.ts'
import { resultsSection } from './sections/results.ts'
import { segmentsSection } from './sections/segments.ts'
import { stoppingSection } from './sections/stopping.ts'
import { testedSection } from './sections/tested.ts'
import { trafficSection } from './sections/traffic.ts'
import { verdictSection } from './sections/verdict.ts'
import { namesIn } from './words.ts'

/** The report in the order in which it is read: the answer first, how it was computed last. */
export function sectionsOf(report: Report): Section[] {
  const names = namesIn(report)
  const sections = [
    verdictSection(report, names),
    testedSection(report, names),
    resultsSection(report, names),
    healthSection(report, names),
    stoppingSection(report, names),
    effectOverTimeSection(report, names),
    segmentsSection(report, names),
    posteriorSection(report, names),
    trafficSection(report, names),
    methodsSection(report, names),
    changesSection(report),
  ]
  return sections.filter((section) => section !== undefined)
}
