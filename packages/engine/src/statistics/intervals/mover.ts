export interface Interval {
  readonly low: number
  readonly high: number
}

/** An estimate and how far its own interval reaches to either side: value − low and high − value, both ≥ 0. */
export interface EstimateWithMargins {
  readonly value: number
  readonly below: number
  readonly above: number
}

/**
 * Interval of a difference treatment − control of independent estimates, from the interval of each ("method of
 * variance estimates recovery"): it keeps the asymmetry of the two, and needs no standard error.
 *
 * @param control, treatment with margins of the same confidence
 * @param difference treatment − control, for callers who know it better than the subtraction of the values does
 * @returns NaN where an argument is NaN; ∓Infinity where a margin is infinite
 *
 * Source: Zou & Donner 2008, doi:10.1002/sim.3095; for proportions it is Newcombe 1998, method 10.
 */
export function differenceFromMargins(
  control: EstimateWithMargins,
  treatment: EstimateWithMargins,
  difference = treatment.value - control.value,
): Interval {
  return {
    low: difference - Math.hypot(treatment.below, control.above),
    high: difference + Math.hypot(treatment.above, control.below),
  }
}

/**
 * Interval of a ratio treatment / control of independent estimates, from the interval of each (MOVER-R): the
 * limits are where the interval of treatment − ratio × control just touches 0, so that it excludes 1 exactly when
 * {@link differenceFromMargins} excludes 0.
 *
 * @param control value > 0 with a lower limit > 0
 * @param treatment value ≥ 0 with a lower limit ≥ 0
 * @returns NaN where the control is not above 0; an infinite upper limit where its interval reaches 0 or a margin is
 *   infinite
 *
 * Source: Donner & Zou 2012, eq. 9, doi:10.1177/0962280210383082.
 */
export function ratioFromMargins(control: EstimateWithMargins, treatment: EstimateWithMargins): Interval {
  const [c, t] = [control.value, treatment.value]
  if (!(c > 0)) return { low: Number.NaN, high: Number.NaN }
  const product = c * t
  const root = (controlMargin: number, treatmentMargin: number) => {
    const squared = (c * treatmentMargin) ** 2 + (t * controlMargin) ** 2
    return Math.sqrt(Math.max(0, squared - (controlMargin * treatmentMargin) ** 2))
  }
  const room = differenceOfSquares(c, control.below)
  const lowest = differenceOfSquares(t, treatment.below)
  const hasNoHighest = room <= 0 || treatment.above === Number.POSITIVE_INFINITY
  const hasZeroLowest = lowest === 0 || control.above === Number.POSITIVE_INFINITY
  return {
    low: hasZeroLowest ? 0 : lowest / (product + root(control.above, treatment.below)),
    high: hasNoHighest ? Number.POSITIVE_INFINITY : (product + root(control.below, treatment.above)) / room,
  }
}

function differenceOfSquares(x: number, y: number): number {
  return (x - y) * (x + y)
}
