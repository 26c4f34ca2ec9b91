import { type BinarySample, isBinarySample, proportionDifference } from '../intervals/proportion-intervals.ts'

/**
 * Cohen's h: difference of two proportions, treatment − control, on the scale 2 arcsin √p, where it is as easy to
 * detect anywhere; in [−π, π]. Accurate also for small differences in a billion units.
 *
 * The difference of the angles is that of a vector's direction: with p = sin², its sine is √p₂q₁ − √p₁q₂ and its
 * cosine √p₁p₂ + √q₁q₂; the sine's difference is written as (p₂ − p₁) / (√p₂q₁ + √p₁q₂).
 *
 * @param control, treatment successes in [0, trials] among trials > 0
 * @returns NaN outside the domain
 *
 * Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, eq. 6.2.1.
 */
export function cohensH(control: BinarySample, treatment: BinarySample): number {
  if (!(isBinarySample(control) && isBinarySample(treatment))) return Number.NaN
  const difference = proportionDifference(control, treatment)
  if (difference === 0) return 0
  const [p, q] = shares(treatment)
  const [c, d] = shares(control)
  const sine = difference / (Math.sqrt(p * d) + Math.sqrt(c * q))
  return 2 * Math.atan2(sine, Math.sqrt(p * c) + Math.sqrt(q * d))
}

function shares({ successes, trials }: BinarySample): readonly [number, number] {
  return [successes / trials, (trials - successes) / trials]
}
