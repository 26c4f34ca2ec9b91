import { normalLog10TwoSidedP, normalTwoSidedP } from '../distributions/normal.ts'
import { type BinarySample, isBinarySample, proportionDifference } from '../intervals/proportion-intervals.ts'

export interface ZTest {
  /** Treatment − control. */
  readonly estimate: number
  readonly standardError: number
  /** estimate / standardError */
  readonly statistic: number
  /** Two-sided. */
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * z test that two proportions are equal, with the variance that they have if they are: of the pooled proportion.
 * Its square is Pearson's chi-square of the fourfold table.
 *
 * @param control, treatment successes in [0, trials] among trials > 0
 * @returns NaN outside the domain, and for statistic and p-values where all trials succeed or all fail
 *
 * Source: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I (which tells it from
 * the unpooled one, method 1).
 */
export function pooledProportionTest(control: BinarySample, treatment: BinarySample): ZTest {
  const trials = control.trials + treatment.trials
  const successes = control.successes + treatment.successes
  const failures = control.trials - control.successes + (treatment.trials - treatment.successes)
  const variance = (successes / trials) * (failures / trials) * (1 / control.trials + 1 / treatment.trials)
  return testOf(control, treatment, variance)
}

/**
 * z test that two proportions are equal, with the variance estimated from each: agrees with Wald's interval, and is
 * more often wrong than {@link pooledProportionTest} where successes or failures are few.
 *
 * @param control, treatment successes in [0, trials] among trials > 0
 * @returns NaN outside the domain, and for statistic and p-values where in both samples all trials succeed or all fail
 *
 * Source: Newcombe 1998, method 1, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 */
export function unpooledProportionTest(control: BinarySample, treatment: BinarySample): ZTest {
  return testOf(control, treatment, varianceOf(control) + varianceOf(treatment))
}

function testOf(control: BinarySample, treatment: BinarySample, variance: number): ZTest {
  const isValid = isBinarySample(control) && isBinarySample(treatment)
  const estimate = isValid ? proportionDifference(control, treatment) : Number.NaN
  const standardError = isValid ? Math.sqrt(variance) : Number.NaN
  const statistic = standardError > 0 ? estimate / standardError : Number.NaN
  return {
    estimate,
    standardError,
    statistic,
    pValue: Number.isNaN(statistic) ? Number.NaN : normalTwoSidedP(statistic),
    log10PValue: Number.isNaN(statistic) ? Number.NaN : normalLog10TwoSidedP(statistic),
  }
}

/** p(1 − p) / n. */
function varianceOf({ successes, trials }: BinarySample): number {
  return ((successes / trials) * ((trials - successes) / trials)) / trials
}
