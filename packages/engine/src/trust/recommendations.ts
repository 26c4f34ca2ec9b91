import type { Evidence, Health, Recommendation, Stopping } from './evidence.ts'
import { isUnderWay } from './progress.ts'
import { decide, deploy } from './recommendations/deploy.ts'
import { doNotRead } from './recommendations/do-not-read.ts'
import { goOn } from './recommendations/go-on.ts'
import { harmfulOf, hopelessOf, type Situation, situationOf } from './recommendations/situation.ts'
import { keepControl, stopVariants } from './recommendations/stop.ts'
import { metricsOf } from './variants.ts'

/**
 * What to do now, most important first: not to read what would mislead; to deploy the best variant; to stop what
 * harms; to decide what numbers alone do not; to keep the control; to stop what leads nowhere; to go on.
 *
 * A variant is recommended for deployment when it is significantly better on a primary metric and worse on none,
 * nothing is being waited for, every guardrail holds, and the checks of health other than guardrails leave at least
 * one half.
 */
export function recommendationsFrom(
  evidence: Evidence,
  health: Health,
  stopping: Stopping,
): readonly Recommendation[] {
  const unreadable = doNotRead(evidence)
  if (unreadable.length > 0 || evidence.analysis.status === 'refused') return unreadable
  const nothing = nothingToSay(evidence)
  if (nothing) return [nothing]
  const situation = situationOf(evidence, health, stopping)
  const best = deploy(situation)
  return best ? [best] : withoutWinner(situation)
}

function withoutWinner(situation: Situation): Recommendation[] {
  const undecided = decide(situation)
  const harmful = stopVariants(harmfulOf(situation), situation)
  if (!situation.goesOn) {
    if (undecided.length === 0) return [keepControl(situation)]
    return isUnderWay(situation.evidence) ? [...harmful, ...undecided] : undecided
  }
  const ongoing = goOn(situation)
  return [
    ...harmful,
    ...undecided,
    ...stopVariants(hopelessOf(situation), situation),
    ...(ongoing ? [ongoing] : []),
  ]
}

/** Before there is anything to judge by. */
function nothingToSay(evidence: Evidence): Recommendation | undefined {
  const { units } = evidence.analysis
  if (units === 0) {
    return { code: 'continue', message: 'Continue: no unit has met a variant yet.', evidence: [] }
  }
  const primary = metricsOf(evidence, 'primary')
  if (primary.length === 0) {
    const message = 'Name a primary metric: without one there is nothing to decide by.'
    return { code: 'decide', message, evidence: [] }
  }
  const comparisons = primary.flatMap(([, { comparisons: each }]) => Object.values(each))
  if (comparisons.some(({ status }) => status === 'ok')) return undefined
  const messages = comparisons.flatMap((each) => (each.status === 'ok' ? [] : [each.message]))
  const reasons = [...new Set(messages)].toSorted()
  const code = isUnderWay(evidence) ? 'continue' : 'decide'
  const found = `Nothing could be compared ${code === 'continue' ? 'yet' : 'at all'}`
  const why = reasons[0] ?? 'there is no variant beside the control.'
  return { code, message: `${found}: ${why}`, evidence: reasons }
}
