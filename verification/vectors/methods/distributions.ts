import { betaQuantile } from '../../../packages/engine/src/statistics/distributions/beta-quantile.ts'
import {
  binomialMass,
  binomialTails,
} from '../../../packages/engine/src/statistics/distributions/binomial.ts'
import { chiSquareTails } from '../../../packages/engine/src/statistics/distributions/chi-square.ts'
import {
  dunnettCriticalValue,
  dunnettLoadings,
  dunnettUpperTail,
} from '../../../packages/engine/src/statistics/distributions/dunnett.ts'
import { fTails } from '../../../packages/engine/src/statistics/distributions/f.ts'
import { gammaTails } from '../../../packages/engine/src/statistics/distributions/gamma.ts'
import { gammaQuantile } from '../../../packages/engine/src/statistics/distributions/gamma-quantile.ts'
import {
  hypergeometricMass,
  hypergeometricTails,
} from '../../../packages/engine/src/statistics/distributions/hypergeometric.ts'
import { noncentralTTails } from '../../../packages/engine/src/statistics/distributions/noncentral-t.ts'
import {
  normalCdf,
  normalDensity,
  normalLogCdf,
  normalLogSf,
  normalSf,
} from '../../../packages/engine/src/statistics/distributions/normal.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import {
  studentTTails,
  studentTTwoSidedP,
} from '../../../packages/engine/src/statistics/distributions/student-t.ts'
import { studentTQuantile } from '../../../packages/engine/src/statistics/distributions/student-t-quantile.ts'
import {
  studentizedRangeQuantile,
  studentizedRangeTails,
} from '../../../packages/engine/src/statistics/distributions/studentized-range.ts'
import { incompleteBeta } from '../../../packages/engine/src/statistics/special/incomplete-beta.ts'
import type { Tails } from '../../../packages/engine/src/statistics/special/tails.ts'
import type { VectorMethods } from '../vector-method.ts'

const bothTails = ({ lower, upper }: Tails) => ({ cdf: lower, sf: upper })

export const distributions: VectorMethods = {
  'dist-normal-cdf': {
    title: 'standard normal cdf / sf / log cdf / log sf / pdf',
    compute: ({ x }) => ({
      cdf: normalCdf(x),
      sf: normalSf(x),
      logcdf: normalLogCdf(x),
      logsf: normalLogSf(x),
      pdf: normalDensity(x),
    }),
  },
  'dist-normal-quantile': {
    title: 'standard normal quantile (inverse cdf)',
    compute: ({ p }) => ({ quantile: normalQuantile(p) }),
  },
  'dist-t-cdf': {
    title: 'Student t cdf / sf / two-sided p',
    // 60 digits: log10(1 − 1e-69) is 0 there.
    floor: 1e-58,
    compute: ({ t, df }) => {
      const tails = studentTTails(t, df)
      return {
        ...bothTails(tails),
        log10_cdf: tails.logLower / Math.LN10,
        two_sided_p: studentTTwoSidedP(t, df),
      }
    },
  },
  'dist-t-quantile': {
    title: 'Student t quantile',
    compute: ({ p, df }) => ({ quantile: studentTQuantile(p, df) }),
  },
  'dist-noncentral-t': {
    title: 'noncentral t cdf / sf',
    notOurs: { scipy_cdf: 'what SciPy 1.10 answers, for comparison; wrong in small lower tails' },
    compute: ({ t, df, nc }) => bothTails(noncentralTTails(t, df, nc)),
  },
  'dist-chisquare': {
    title: 'chi-square cdf / sf',
    // 60 digits: log10(1 − 1e-69) is 0 there.
    floor: 1e-58,
    compute: ({ x, df }) => {
      const tails = chiSquareTails(x, df)
      return {
        ...bothTails(tails),
        log10_cdf: tails.logLower / Math.LN10,
        log10_sf: tails.logUpper / Math.LN10,
      }
    },
  },
  'dist-f': {
    title: 'F cdf / sf',
    // 60 digits: log10(1 − 1e-69) is 0 there.
    floor: 1e-58,
    compute: ({ x, df1, df2 }) => {
      const tails = fTails(x, df1, df2)
      return { ...bothTails(tails), log10_sf: tails.logUpper / Math.LN10 }
    },
  },
  'dist-beta-cdf': {
    title: 'beta cdf / sf',
    compute: ({ x, a, b }) => bothTails(incompleteBeta(x, a, b)),
  },
  'dist-beta-quantile': {
    title: 'beta quantile',
    compute: ({ p, a, b }) => ({ quantile: betaQuantile(p, a, b) }),
  },
  'dist-gamma-cdf': {
    title: 'gamma(shape, scale) cdf / sf',
    compute: ({ x, shape, scale }) => bothTails(gammaTails(x, shape, scale)),
  },
  'dist-gamma-quantile': {
    title: 'gamma / chi-square quantile',
    compute: ({ p, shape, scale }) => ({ quantile: gammaQuantile(p, shape, scale) }),
  },
  'dist-binomial': {
    title: 'binomial pmf / cdf / sf (P(X>k))',
    compute: ({ k, n, p }) => ({ pmf: binomialMass(k, n, p), ...bothTails(binomialTails(k, n, p)) }),
  },
  'dist-hypergeometric': {
    title: 'hypergeometric pmf / cdf / sf',
    compute: ({ k, M, n, N }) => ({
      pmf: hypergeometricMass(k, M, n, N),
      ...bothTails(hypergeometricTails(k, M, n, N)),
    }),
  },
  'dist-studentized-range': {
    title: 'studentised range (Tukey HSD) upper tail',
    // The reference's lower tails near 1e-6 are off by up to 4.6e-14 (checked with mpmath and SciPy).
    floor: 5e-14,
    compute: ({ q, k, df }) => bothTails(studentizedRangeTails(q, k, df)),
  },
  'dist-studentized-range-quantile': {
    title: 'studentised range critical values',
    compute: ({ p, k, df }) => ({ quantile: studentizedRangeQuantile(p, k, df) }),
  },
  dunnett: {
    title: 'Dunnett many-to-one two-sided adjusted p-values and critical values',
    compute: ({ n_control, n_treatments, df }) => {
      const loadings = dunnettLoadings(n_control, n_treatments)
      const upperTail = (d: number) => dunnettUpperTail(d, loadings, df)
      return {
        'p_adj_at_1.0': upperTail(1),
        'p_adj_at_2.0': upperTail(2),
        'p_adj_at_2.5': upperTail(2.5),
        'p_adj_at_3.5': upperTail(3.5),
        'p_adj_at_5.0': upperTail(5),
        'critical_0.05': dunnettCriticalValue(0.05, loadings, df),
        'critical_0.01': dunnettCriticalValue(0.01, loadings, df),
      }
    },
  },
}
