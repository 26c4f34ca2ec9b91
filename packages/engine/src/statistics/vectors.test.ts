import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { chiSquareTails } from './distributions/chi-square.ts'
import { normalCdf, normalLogSf, normalSf } from './distributions/normal.ts'
import { normalQuantile } from './distributions/normal-quantile.ts'
import {
  studentTCdf,
  studentTLog10TwoSidedP,
  studentTSf,
  studentTTwoSidedP,
} from './distributions/student-t.ts'
import { studentTQuantile } from './distributions/student-t-quantile.ts'
import { goodnessOfFit, independence } from './hypothesis-tests/chi-square-tests.ts'
import { type FourfoldTable, fisherExact } from './hypothesis-tests/fisher-exact.ts'
import { newcombeInterval, wilsonInterval } from './intervals/proportion-intervals.ts'
import { benjaminiHochberg, bonferroni, holm } from './multiplicity/multiple-comparisons.ts'
import { incompleteBeta } from './special/incomplete-beta.ts'
import { incompleteGamma } from './special/incomplete-gamma.ts'

/**
 * Reference values computed with 25 to 60 digits (mpmath) and cross-checked with SciPy, statsmodels and R. They
 * are not part of the repository; HELIOS_VECTORS names their folder.
 */
const FOLDER = path.join(
  process.env.HELIOS_VECTORS ?? path.resolve(import.meta.dirname, '../../../../../shared/vectors'),
  'statistics',
)

/** A value computed here for each value of the file's case that has a counterpart. */
type Computed = Readonly<Record<string, number | readonly number[]>>

interface VectorCheck {
  // biome-ignore lint/suspicious/noExplicitAny: inputs differ from file to file
  readonly compute: (given: any) => Computed
  /** Differences below this count as none: for values that cancel to 0, or lie below the reference's digits. */
  readonly absolute?: number
  readonly atLeast: number
}

const RELATIVE = 1e-12

const CHECKS: Readonly<Record<string, VectorCheck>> = {
  'dist-normal-cdf': {
    compute: ({ x }) => ({
      cdf: normalCdf(x),
      sf: normalSf(x),
      logsf: normalLogSf(x),
      logcdf: normalLogSf(-x),
    }),
    atLeast: 50,
  },
  'dist-normal-quantile': { compute: ({ p }) => ({ quantile: normalQuantile(p) }), atLeast: 40 },
  'dist-t-cdf': {
    compute: ({ t, df }) => ({
      cdf: studentTCdf(t, df),
      sf: studentTSf(t, df),
      two_sided_p: studentTTwoSidedP(t, df),
      ...(t < 0 ? { log10_cdf: studentTLog10TwoSidedP(t, df) - Math.log10(2) } : {}),
    }),
    atLeast: 200,
  },
  'dist-t-quantile': { compute: ({ p, df }) => ({ quantile: studentTQuantile(p, df) }), atLeast: 200 },
  'dist-chisquare': {
    compute: ({ x, df }) => {
      const { lower, upper, logLower, logUpper } = chiSquareTails(x, df)
      return { cdf: lower, sf: upper, log10_cdf: logLower / Math.LN10, log10_sf: logUpper / Math.LN10 }
    },
    absolute: 1e-30,
    atLeast: 200,
  },
  'dist-beta-cdf': {
    compute: ({ x, a, b }) => {
      const { lower, upper } = incompleteBeta(x, a, b)
      return { cdf: lower, sf: upper }
    },
    atLeast: 140,
  },
  'dist-gamma-cdf': {
    compute: ({ x, shape, scale }) => {
      const { lower, upper } = incompleteGamma(shape, x / scale)
      return { cdf: lower, sf: upper }
    },
    atLeast: 70,
  },
  'fisher-exact': {
    compute: ({ table }: { table: FourfoldTable }) => ({ p_two_sided: fisherExact(table).pValue }),
    atLeast: 15,
  },
  'chi2-contingency': {
    compute: ({ table }: { table: number[][] }) => testFields(independence(table)),
    atLeast: 15,
  },
  'srm-chisquare': {
    compute: ({ observed, weights }: { observed: number[]; weights: number[] }) => {
      const scale = total(observed) / total(weights)
      return testFields(
        goodnessOfFit(
          observed,
          weights.map((weight) => weight * scale),
        ),
      )
    },
    absolute: 1e-15,
    atLeast: 12,
  },
  'multiple-comparisons': {
    compute: ({ p }) => ({ bonferroni: bonferroni(p), holm: holm(p), bh: benjaminiHochberg(p) }),
    atLeast: 15,
  },
  'proportions-one-sample-ci': {
    compute: ({ x, n, conf }) => {
      const { low, high } = wilsonInterval({ successes: x, trials: n }, 1 - conf)
      return { wilson_low: low, wilson_high: high }
    },
    atLeast: 40,
  },
  'proportions-two-sample': {
    compute: ({ x1, n1, x2, n2, conf }) => {
      const control = { successes: x1, trials: n1 }
      const { low, high } = newcombeInterval(control, { successes: x2, trials: n2 }, 1 - conf)
      return { newcombe_low: low, newcombe_high: high }
    },
    absolute: 1e-17,
    atLeast: 20,
  },
}

function testFields(test: {
  statistic: number
  degreesOfFreedom: number
  pValue: number
  log10PValue: number
}) {
  return { chi2: test.statistic, df: test.degreesOfFreedom, p: test.pValue, log10_p: test.log10PValue }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

interface VectorFile {
  readonly cases: readonly { readonly in: object; readonly out: Record<string, unknown> }[]
}

const isPresent = existsSync(FOLDER)
if (!isPresent) {
  console.warn(
    `NOT CHECKED against reference values, which are not in ${FOLDER}: ${Object.keys(CHECKS).join(', ')}`,
  )
}

describe.skipIf(!isPresent)('reference values', () => {
  it.each(Object.entries(CHECKS))('%s', (name, { compute, absolute = 0, atLeast }) => {
    const { cases } = JSON.parse(readFileSync(path.join(FOLDER, `${name}.json`), 'utf8')) as VectorFile
    const wrong: object[] = []
    let compared = 0
    for (const { in: given, out } of cases) {
      for (const [field, value] of Object.entries(compute(given))) {
        const actual = typeof value === 'number' ? [value] : value
        const expected = [out[field]].flat().map(Number)
        expect(actual.length, `${field} of ${JSON.stringify(given)}`).toBe(expected.length)
        compared += actual.length
        const isRight = actual.every((number, i) => isClose(number, expected[i] as number, absolute))
        if (!isRight) wrong.push({ given, field, actual, expected })
      }
    }
    expect(wrong).toEqual([])
    expect(cases.length).toBeGreaterThanOrEqual(atLeast)
    expect(compared).toBeGreaterThanOrEqual(cases.length)
  })
})

/** Denormal numbers have no 12 digits to compare. */
const SMALLEST_NORMAL = 2.3e-308

function isClose(actual: number, expected: number, absolute: number): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(actual)
  return (
    actual === expected ||
    Math.abs(actual - expected) <= Math.max(absolute, SMALLEST_NORMAL) + RELATIVE * Math.abs(expected)
  )
}
