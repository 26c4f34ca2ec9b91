import { dunnettCriticalValue, dunnettLogUpperTail } from '../distributions/dunnett.ts'
import { type EstimateWithError, isJudgeable } from '../hypothesis-tests/equivalence.ts'

/** Several treatments against one control: differences treatment − control, with what the control has in common. */
export interface ManyToOne {
  /** One per treatment, each with its own degrees of freedom (all the same if one variance is common to all). */
  readonly effects: readonly EstimateWithError[]
  /** Standard error of the control's mean alone, which is part of every difference's. */
  readonly controlStandardError: number
}

export interface DunnettComparison {
  /** estimate / standardError */
  readonly statistic: number
  /** Adjusted for the number of treatments. */
  readonly pValue: number
  readonly log10PValue: number
  /** Intervals that hold all together with confidence 1 − alpha; they exclude 0 exactly where p < alpha. */
  readonly low: number
  readonly high: number
}

/**
 * Dunnett's test, two-sided: which treatments differ from the control? Because all are compared with the same control
 * their differences are correlated, and less has to be paid for comparing many than by Bonferroni or Holm's first step.
 *
 * The correlation of two differences is λᵢλⱼ, with λ = controlStandardError / standardError. With one common variance
 * and sizes n₀ and nᵢ that is Dunnett's √(nᵢ / (n₀ + nᵢ)); with variances that differ, each comparison is made at its own
 * (Satterthwaite's) degrees of freedom, which is an approximation (Hasler & Hothorn 2008).
 *
 * @param family what cannot be judged (NaN, a standard error not above the control's) gets NaN and does not count
 * @param alpha in (0, 1)
 * @returns in the order of the effects
 *
 * Source: Dunnett 1955, doi:10.1080/01621459.1955.10501294; Hasler & Hothorn 2008, doi:10.1002/bimj.200710466.
 */
export function dunnettTest(family: ManyToOne, alpha: number): DunnettComparison[] {
  const counting = family.effects.filter((effect) => isComparable(effect, family))
  const loadings = counting.map((effect) => loadingOf(effect, family))
  const criticalValues = new Map<number, number>()
  const criticalAt = (degreesOfFreedom: number): number => {
    const known =
      criticalValues.get(degreesOfFreedom) ?? dunnettCriticalValue(alpha, loadings, degreesOfFreedom)
    criticalValues.set(degreesOfFreedom, known)
    return known
  }
  return family.effects.map((effect) => {
    if (!isComparable(effect, family)) return NOT_COMPARABLE
    const statistic = effect.estimate / effect.standardError
    const logP = dunnettLogUpperTail(statistic, loadings, effect.degreesOfFreedom)
    const margin = criticalAt(effect.degreesOfFreedom) * effect.standardError
    return {
      statistic,
      pValue: Math.exp(logP),
      log10PValue: logP / Math.LN10,
      low: effect.estimate - margin,
      high: effect.estimate + margin,
    }
  })
}

/**
 * Adjusted p-values of Dunnett's test step by step, as Holm refines Bonferroni: the largest |t| is judged among all
 * treatments, the next among those that are left. Never larger than those of {@link dunnettTest}; there are no intervals
 * that agree with it.
 *
 * @returns in the order of the effects; NaN for what cannot be judged
 *
 * Source: Dunnett & Tamhane 1991, doi:10.1002/sim.4780100614.
 */
export function dunnettStepDown(family: ManyToOne): number[] {
  const adjusted = family.effects.map(() => Number.NaN)
  const order = [...family.effects.entries()]
    .filter(([, effect]) => isComparable(effect, family))
    .sort(([, a], [, b]) => distanceOf(b) - distanceOf(a))
  let highest = Number.NEGATIVE_INFINITY
  for (const [rank, [i, effect]] of order.entries()) {
    const loadings = order.slice(rank).map(([, left]) => loadingOf(left, family))
    highest = Math.max(highest, dunnettLogUpperTail(distanceOf(effect), loadings, effect.degreesOfFreedom))
    adjusted[i] = Math.exp(highest)
  }
  return adjusted
}

const NOT_COMPARABLE: DunnettComparison = {
  statistic: Number.NaN,
  pValue: Number.NaN,
  log10PValue: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
}

function distanceOf({ estimate, standardError }: EstimateWithError): number {
  return Math.abs(estimate / standardError)
}

function loadingOf({ standardError }: EstimateWithError, { controlStandardError }: ManyToOne): number {
  return controlStandardError / standardError
}

function isComparable(effect: EstimateWithError, { controlStandardError }: ManyToOne): boolean {
  return isJudgeable(effect) && controlStandardError >= 0 && controlStandardError < effect.standardError
}
