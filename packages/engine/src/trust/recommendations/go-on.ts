import type { Recommendation } from '../evidence.ts'
import { unitsNeededRatio } from '../needed-units.ts'
import { daysLeft, daysUntil, sampleNeeded, smallestVariant } from '../progress.ts'
import { isDecided } from '../stopping.ts'
import type { MetricVerdict, VariantVerdict } from '../verdicts.ts'
import { about, count, daysInWords, effectInWords, list } from '../words.ts'
import { findingsOf, type Situation } from './situation.ts'

/** More than so many times the units so far: no plan. */
const FAR_TOO_MANY = 100

/** Undefined when nothing is open. */
export function goOn(situation: Situation): Recommendation | undefined {
  const { verdicts, isWaiting, stopping } = situation
  const open = verdicts.filter((verdict) => !isDecided(verdict, isWaiting))
  if (open.length === 0) return undefined
  const until = isWaiting
    ? `wait for ${list(stopping.waitingFor)}${paceOf(situation)}`
    : outlook(open, situation)
  return { code: 'continue', message: `Continue: ${until}.`, evidence: findingsOf(open) }
}

/** How long the planned sample takes. */
function paceOf({ evidence }: Situation): string {
  const missing = sampleNeeded(evidence) - smallestVariant(evidence).units
  const takes = missing > 0 ? inDays(missing, evidence) : ''
  return takes === '' ? '' : `; ${count(missing)} more units take${takes.replace(/[()]/g, '')}`
}

/** The open variant that is nearest to being decided speaks for all. */
function outlook(open: readonly VariantVerdict[], { evidence }: Situation): string {
  const candidates = open.flatMap(({ variant, metrics }) =>
    metrics
      .filter(({ outcome }) => outcome === 'open')
      .map((verdict) => ({ variant, verdict, ratio: ratioOf(verdict) })),
  )
  const [nearest] = candidates.toSorted((a, b) => a.ratio - b.ratio || (a.variant < b.variant ? -1 : 1))
  if (!nearest) return guardrailsOpen(open)
  const { variant, verdict, ratio } = nearest
  const effect = `${effectInWords(verdict.compared)} on ${verdict.key}`
  const look = verdict.compared.look
  if (look) {
    const more = Math.max(
      0,
      (evidence.minimumSample * (look.number + 1)) / look.of - smallestVariant(evidence).units,
    )
    return `look ${look.number + 1} of ${look.of} comes after about ${about(more)} more units per variant${inDays(more, evidence)}; so far ${variant} has ${effect}`
  }
  if (ratio > FAR_TOO_MANY) {
    return `so far ${variant} has ${effect}; if that is all, it takes more than ${FAR_TOO_MANY} times the units so far to tell it from nothing`
  }
  const more = smallestVariant(evidence).units * (ratio - 1)
  return `${variant} needs about ${about(Math.max(1, more))} more units per variant${inDays(more, evidence)} to be significant, if the effect is what it looks like: ${effect}`
}

function ratioOf({ compared, metric }: MetricVerdict): number {
  return unitsNeededRatio(compared, metric.direction)
}

function guardrailsOpen(open: readonly VariantVerdict[]): string {
  const names = open.flatMap(({ guardrails }) => guardrails.filter(({ verdict }) => verdict === 'unclear'))
  const keys = [...new Set(names.map(({ key }) => key))]
  return keys.length > 0
    ? `${list(keys)} ${keys.length > 1 ? 'are' : 'is'} not clear yet`
    : `${count(open.length)} of the variants could not be compared on every primary metric yet`
}

function inDays(more: number, evidence: Situation['evidence']): string {
  const days = daysUntil(more, evidence)
  if (days === undefined) return ''
  const left = daysLeft(evidence)
  const short = left !== undefined && left < days ? `, of which ${daysInWords(left)} are left` : ''
  return ` (about ${daysInWords(Math.max(0.1, days))} at the present pace${short})`
}
