import { chiSquareTails } from '../../../packages/engine/src/statistics/distributions/chi-square.ts'
import {
  normalCdf,
  normalLogSf,
  normalSf,
} from '../../../packages/engine/src/statistics/distributions/normal.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import { incompleteBeta } from '../../../packages/engine/src/statistics/special/incomplete-beta.ts'
import type { VectorMethods } from '../vector-method.ts'

export const distributions: VectorMethods = {
  'dist-normal-cdf': {
    title: 'standard normal cdf / sf / log cdf / log sf / pdf',
    compute: ({ x }) => ({
      cdf: normalCdf(x),
      sf: normalSf(x),
      logcdf: normalLogSf(-x),
      logsf: normalLogSf(x),
      pdf: Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI),
    }),
  },
  'dist-normal-quantile': {
    title: 'standard normal quantile (inverse cdf)',
    compute: ({ p }) => ({ quantile: normalQuantile(p) }),
  },
  'dist-chisquare': {
    title: 'chi-square cdf / sf',
    // 60 digits: log10(1 − 1e-69) is 0 there.
    floor: 1e-58,
    compute: ({ x, df }) => {
      const { lower, upper, logLower, logUpper } = chiSquareTails(x, df)
      return { cdf: lower, sf: upper, log10_cdf: logLower / Math.LN10, log10_sf: logUpper / Math.LN10 }
    },
  },
  'dist-beta-cdf': {
    title: 'beta cdf / sf',
    compute: ({ x, a, b }) => {
      const { lower, upper } = incompleteBeta(x, a, b)
      return { cdf: lower, sf: upper }
    },
  },
}
