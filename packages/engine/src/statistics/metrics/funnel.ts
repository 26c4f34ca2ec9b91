import type { Interval } from '../intervals/mover.ts'
import {
  type BinarySample,
  newcombeInterval,
  proportionDifference,
  wilsonInterval,
} from '../intervals/proportion-intervals.ts'

/** A share of units with Wilson's interval. */
export interface Rate extends BinarySample, Interval {
  readonly rate: number
}

/** One step of a funnel. */
export interface FunnelStep {
  readonly units: number
  /** Of those who took the step before. Those are a selection after randomisation: no causal effect follows. */
  readonly fromPrevious: Rate
  /** Of those who entered: what randomisation compares. */
  readonly fromStart: Rate
}

/** Treatment − control with Newcombe's interval. */
export interface RateDifference extends Interval {
  readonly estimate: number
}

export interface FunnelStepDifference {
  /** Describes where the funnels part; no causal effect, see {@link FunnelStep}. Undefined where nobody came so far. */
  readonly fromPrevious?: RateDifference
  readonly fromStart: RateDifference
}

/**
 * Conversion rates of a funnel, step by step.
 *
 * @param counts units that entered, and that took each step after all steps before it: whole numbers that do not
 *   grow, the first above 0
 * @param alpha in (0, 1): every interval for itself holds with confidence 1 − alpha
 * @returns one entry per count after the first; undefined outside the domain. The rate from a step that nobody took
 *   is NaN
 *
 * Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
 */
export function funnelSteps(counts: readonly number[], alpha: number): FunnelStep[] | undefined {
  if (!isFunnel(counts)) return undefined
  const entered = counts[0] as number
  return counts.slice(1).map((units, step) => ({
    units,
    fromPrevious: rateOf({ successes: units, trials: counts[step] as number }, alpha),
    fromStart: rateOf({ successes: units, trials: entered }, alpha),
  }))
}

/**
 * Where two funnels of the same steps differ, treatment − control.
 *
 * @param control, treatment as in {@link funnelSteps}
 * @returns one entry per step; undefined outside the domain
 *
 * Source: Newcombe 1998, method 10, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 */
export function compareFunnels(
  control: readonly number[],
  treatment: readonly number[],
  alpha: number,
): FunnelStepDifference[] | undefined {
  const [c, t] = [funnelSteps(control, alpha), funnelSteps(treatment, alpha)]
  if (!c || !t || c.length !== t.length) return undefined
  return c.map((step, i) => {
    const other = t[i] as FunnelStep
    const fromPrevious = rateDifference(step.fromPrevious, other.fromPrevious, alpha)
    return {
      ...(Number.isNaN(fromPrevious.estimate) ? {} : { fromPrevious }),
      fromStart: rateDifference(step.fromStart, other.fromStart, alpha),
    }
  })
}

/** Share of units with Wilson's interval; NaN without trials or for impossible counts. */
export function rateOf({ successes, trials }: BinarySample, alpha: number): Rate {
  const { low, high } = wilsonInterval({ successes, trials }, alpha)
  return { successes, trials, rate: Number.isNaN(low) ? Number.NaN : successes / trials, low, high }
}

/** Treatment − control with Newcombe's interval; NaN where a sample has no trials or impossible counts. */
export function rateDifference(
  control: BinarySample,
  treatment: BinarySample,
  alpha: number,
): RateDifference {
  const { low, high } = newcombeInterval(control, treatment, alpha)
  return { estimate: Number.isNaN(low) ? Number.NaN : proportionDifference(control, treatment), low, high }
}

function isFunnel(counts: readonly number[]): boolean {
  return counts.every(
    (count, i) =>
      Number.isSafeInteger(count) && (i === 0 ? count > 0 : count >= 0 && count <= (counts[i - 1] as number)),
  )
}
