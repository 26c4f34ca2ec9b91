import type { MetricAnalysis } from '../../analysis.ts'
import type { Evidence, HealthPart } from '../evidence.ts'
import { hasNeededSample, isUnderWay } from '../progress.ts'
import { metricsOf, variantsOf } from '../variants.ts'
import { count } from '../words.ts'
import { FLOORS } from './score.ts'

/** Units of a variant before its error is near enough to normal, when values are not too skewed. */
const UNITS_NEEDED = 30
/** Successes of a variant for the same, and failures. */
const SUCCESSES_NEEDED = 10

interface Objection {
  readonly score: number
  readonly message: string
}

/**
 * Whether what the method asks for is given: a fixed-horizon test is read once, at the sample planned before; a
 * normal approximation needs enough units. The gravest objection counts.
 */
export function validityPart(evidence: Evidence): HealthPart | undefined {
  if (evidence.analysis.units === 0) return undefined
  const objections = [earlyLook(evidence), ...smallCounts(evidence)].filter((each) => each !== undefined)
  const gravest = objections.toSorted((a, b) => a.score - b.score)[0]
  return gravest
    ? { check: 'validity', ...gravest }
    : { check: 'validity', score: 1, message: `What ${evidence.analysis.method} asks for is given.` }
}

/** 14 daily looks at 0.05 err 22 % of the time. */
function earlyLook(evidence: Evidence): Objection | undefined {
  const isEarly = isUnderWay(evidence) && hasNeededSample(evidence) !== true
  if (evidence.analysis.method !== 'fixed-horizon' || !isEarly) return undefined
  return {
    score: FLOORS.serious,
    message:
      'A fixed-horizon test is being looked at before its end: whoever looks again and again until p is small finds effects that are not there.',
  }
}

function smallCounts(evidence: Evidence): Objection[] {
  const { method } = evidence.analysis
  const variants = variantsOf(evidence)
  return metricsOf(evidence, 'primary').flatMap(([key, metric]) => {
    const isExact = isComparedExactly(metric)
    return variants.flatMap((variant) => {
      const [has, what, needed] = scarcest(metric, variant, isExact)
      if (has >= needed) return []
      const message = `${variant} has ${count(has)} ${what} on ${key}; ${method} needs about ${needed}.`
      return [{ score: has / needed, message }]
    })
  })
}

/** Where counts are small two proportions may have been compared exactly. */
function isComparedExactly({ comparisons }: MetricAnalysis): boolean {
  return Object.values(comparisons).some((each) => each.status === 'ok' && each.method.includes('exact'))
}

/** Of units, successes and failures that of which there are fewest. */
function scarcest(
  { kind, variants }: MetricAnalysis,
  variant: string,
  isExact: boolean,
): readonly [has: number, what: string, needed: number] {
  const { n, mean } = variants[variant] ?? { n: 0, mean: Number.NaN }
  if (kind !== 'proportion' && kind !== 'retention') return [n, 'units', UNITS_NEEDED]
  if (isExact) return [n, 'units', 0]
  if (n === 0 || !(mean >= 0 && mean <= 1)) return [0, 'units', SUCCESSES_NEEDED]
  const successes = Math.round(n * mean)
  const failures = n - successes
  return successes <= failures
    ? [successes, 'successes', SUCCESSES_NEEDED]
    : [failures, 'failures', SUCCESSES_NEEDED]
}
