import { normalSf, normalTwoSidedP } from '../../../packages/engine/src/statistics/distributions/normal.ts'
import {
  anytimeValidFTest,
  anytimeValidRadius,
  anytimeValidTTest,
} from '../../../packages/engine/src/statistics/sequential/anytime-valid-regression.ts'
import {
  approximateRhoSquared,
  asymptoticConfidenceSequence,
  optimalRhoSquared,
} from '../../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import { bernoulliConfidenceSequence } from '../../../packages/engine/src/statistics/sequential/bernoulli-confidence-sequence.ts'
import {
  addToEmpiricalBernstein,
  empiricalBernsteinInterval,
  startEmpiricalBernstein,
} from '../../../packages/engine/src/statistics/sequential/empirical-bernstein.ts'
import {
  classicBoundaries,
  efficacyBoundaries,
} from '../../../packages/engine/src/statistics/sequential/group-sequential/boundaries.ts'
import { exitProbabilities } from '../../../packages/engine/src/statistics/sequential/group-sequential/exit-probabilities.ts'
import {
  errorSpent,
  type Spending,
} from '../../../packages/engine/src/statistics/sequential/group-sequential/spending.ts'
import { mixtureSequentialTest } from '../../../packages/engine/src/statistics/sequential/mixture-sprt.ts'
import { sampleRatioEvidence } from '../../../packages/engine/src/statistics/sequential/sample-ratio-sequence.ts'
import {
  gammaExponentialMixtureBoundary,
  mixtureScale,
  oneSidedNormalMixtureBoundary,
  polynomialStitchingBoundary,
  twoSidedNormalMixtureBoundary,
} from '../../../packages/engine/src/statistics/sequential/uniform-boundaries.ts'
import type { Answer, VectorMethods } from '../vector-method.ts'

interface GroupSequentialCase {
  readonly spending: 'OBF' | 'Pocock' | 'KimDeMets' | 'HSD'
  readonly parameter: number | null
  readonly information: readonly number[]
  readonly alpha: number
  readonly sides: 1 | 2
}

export const sequential: VectorMethods = {
  'asymptotic-cs': {
    title:
      'asymptotic confidence sequence (Gaussian mixture) and always-valid p-value for any asymptotically linear estimator',
    compute: ({ estimate, se, n, alpha, n_star, sides }) => {
      const sidedness = sides === 1 ? 'greater' : 'two-sided'
      const tuning = { alpha, units: n_star, sidedness } as const
      const rhoSquared = approximateRhoSquared(tuning)
      const look = { estimate, standardError: se, units: n }
      const { halfWidth, low, high, logEValue, pValue, log10PValue } = asymptoticConfidenceSequence(look, {
        alpha,
        rhoSquared,
        sidedness,
      })
      return {
        rho2_approx: rhoSquared,
        rho2_exact: optimalRhoSquared(tuning),
        half_width: halfWidth,
        half_width_one_sided: halfWidth,
        lower_bound: low,
        ci_low: low,
        ci_high: high,
        log_e_value: logEValue,
        p_value: pValue,
        log10_p: log10PValue,
      }
    },
  },
  msprt: {
    title: 'mixture SPRT always-valid p-value and CI (normal mixture), two arms of equal n',
    compute: ({ diff, sum_var, n_per_arm, tau2, theta0, alpha }) => {
      const { logEValue, pValue, log10PValue, halfWidth } = mixtureSequentialTest({
        estimate: diff,
        standardError: Math.sqrt(sum_var / n_per_arm),
        mixtureVariance: tau2,
        nullValue: theta0,
        alpha,
      })
      return { log_lambda: logEValue, p_value: pValue, log10_p: log10PValue, ci_half_width: halfWidth }
    },
  },
  'anytime-valid-lm': {
    title: 'anytime-valid t and F tests for linear models (regression adjusted)',
    compute: ({ t, F, df, df1, df2, n: rows, g: precision }) => {
      if (F !== undefined) {
        const { logEValue, pValue } = anytimeValidFTest({
          f: F,
          numeratorDegreesOfFreedom: df1,
          denominatorDegreesOfFreedom: df2,
          rows,
          precision,
        })
        return { log_e: logEValue, p: pValue }
      }
      const { logEValue, pValue } = anytimeValidTTest({ t, degreesOfFreedom: df, rows, precision })
      const radius = (degreesOfFreedom: number) =>
        anytimeValidRadius({ degreesOfFreedom, rows, precision }, 0.05)
      return {
        log_e: logEValue,
        p: pValue,
        t_radius_05: radius(df),
        z_radius_05: radius(Number.POSITIVE_INFINITY),
      }
    },
  },
  'howard-uniform-boundaries': {
    title:
      'time-uniform boundaries: two/one-sided normal mixture, polynomial stitching, gamma-exponential mixture',
    compute: ({ v, alpha, v_opt, alpha_opt }) => {
      const twoSided = mixtureScale(v_opt, alpha_opt)
      const oneSided = mixtureScale(v_opt, 2 * alpha_opt)
      return {
        two_sided_normal_mixture: twoSidedNormalMixtureBoundary(v, alpha, twoSided),
        one_sided_normal_mixture: oneSidedNormalMixtureBoundary(v, alpha, oneSided),
        two_sided_rho: twoSided,
        one_sided_rho: oneSided,
        poly_stitching_vmin1_c0: polynomialStitchingBoundary(v, alpha, { from: 1, scale: 0 }),
        poly_stitching_vmin1_c1: polynomialStitchingBoundary(v, alpha, { from: 1, scale: 1 }),
        gamma_exponential_mixture_c1: gammaExponentialMixtureBoundary(v, alpha, { rho: oneSided, scale: 1 }),
      }
    },
  },
  'bernoulli-cs': {
    title: 'exact (sub-Bernoulli) confidence sequence for one proportion at a given time',
    compute: ({ successes, n, alpha, t_opt }) => {
      const { low, high } = bernoulliConfidenceSequence({ successes, trials: n }, { alpha, bestAt: t_opt })
      return { low, high }
    },
  },
  'empirical-bernstein-cs': {
    title: 'predictable plug-in empirical-Bernstein confidence sequence for a bounded mean in [0,1]',
    compute: ({ x, alpha }: { x: readonly number[]; alpha: number }) => {
      let state = startEmpiricalBernstein(alpha)
      const intervals = x.map((value) => {
        state = addToEmpiricalBernstein(state, value)
        return empiricalBernsteinInterval(state)
      })
      return { low: intervals.map(({ low }) => low), high: intervals.map(({ high }) => high) }
    },
  },
  'sequential-srm': {
    title: 'sequential sample-ratio-mismatch test (Dirichlet-multinomial e-process)',
    // 40 digits: the Bayes factor of a single unit is 1, and its logarithm 5e-37 there.
    floor: 1e-16,
    compute: ({ counts, probabilities, concentration }) => {
      const evidence = sampleRatioEvidence(counts, probabilities, concentration)
      return {
        log_bayes_factor: evidence.logBayesFactor,
        p_now: evidence.pValueNow,
        log10_p_now: evidence.log10PValueNow,
      }
    },
  },
  'group-sequential': {
    title:
      'group-sequential efficacy boundaries by alpha spending (Lan-DeMets OBF-like, Pocock-like, Kim-DeMets power, Hwang-Shih-DeCani); exit probabilities and power for drift = E[Z at information 1]',
    compute: (given: GroupSequentialCase): Answer => {
      const { information, alpha, sides } = given
      const spending = spendingOf(given)
      const upper = efficacyBoundaries({ information, alpha, sides, spending })
      const lower = upper.map((z) => (sides === 2 ? -z : Number.NEGATIVE_INFINITY))
      const exits = (drift: number) => exitProbabilities({ information, upper, lower }, drift)
      const power = (drift: number) => 1 - exits(drift).never
      return {
        z_boundaries: upper,
        nominal_p_two_sided: upper.map(normalTwoSidedP),
        nominal_p_one_sided: upper.map(normalSf),
        cumulative_alpha_per_tail: information.map((t) => errorSpent(spending, t, alpha / sides)),
        exit_prob_upper_h0: exits(0).upper,
        'power_drift_2.8': power(2.8),
        'exit_upper_drift_2.8': exits(2.8).upper,
        'power_drift_3.5': power(3.5),
        'exit_upper_drift_3.5': exits(3.5).upper,
      }
    },
  },
  'group-sequential-classic': {
    title:
      "classical Pocock / O'Brien-Fleming / Wang-Tsiatis constants, equally spaced looks, z_k = C*(k/K)^(delta-1/2)",
    compute: ({ delta, K, alpha, sides }) => {
      const information = Array.from({ length: K }, (_, look) => (look + 1) / K)
      const { constant, boundaries } = classicBoundaries({ information, alpha, sides, shape: delta })
      return { constant, z_boundaries: boundaries }
    },
  },
}

function spendingOf({ spending, parameter }: GroupSequentialCase): Spending {
  switch (spending) {
    case 'OBF':
      return { kind: 'obrien-fleming' }
    case 'Pocock':
      return { kind: 'pocock' }
    case 'KimDeMets':
      return { kind: 'power', exponent: parameter ?? Number.NaN }
    case 'HSD':
      return { kind: 'hwang-shih-decani', gamma: parameter ?? Number.NaN }
  }
}
