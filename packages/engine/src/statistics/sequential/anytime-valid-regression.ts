import { anytimePValue } from './always-valid.ts'

/** A coefficient of a linear model by least squares, and what makes its test anytime-valid. */
export interface CoefficientTest {
  /** Coefficient over its standard error, under the null hypothesis Student's t. */
  readonly t: number
  /** Of the residuals, > 0: rows − columns of the design. Infinity where the variance counts as known. */
  readonly degreesOfFreedom: number
  /** Rows of the design, > 0. */
  readonly rows: number
  /** g > 0: the evidence grows fastest for effects that `g` rows could just tell from 0. The same at every look. */
  readonly precision: number
}

/** Several coefficients together. */
export interface JointTest {
  /** ≥ 0 */
  readonly f: number
  /** Coefficients that are tested, > 0. */
  readonly numeratorDegreesOfFreedom: number
  /** Of the residuals, > 0. */
  readonly denominatorDegreesOfFreedom: number
  readonly rows: number
  readonly precision: number
}

export interface AnytimeTest {
  /** Natural logarithm of the Bayes factor against the null hypothesis, an e-value at every look. */
  readonly logEValue: number
  /** min(1, 1 / e), at this look; see `runningMinimum` for a process. */
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * Test of one coefficient that may be looked at whenever one likes: exact for normal errors, whatever their variance.
 *
 * @returns NaN outside the domain
 *
 * Source: Lindon, Ham, Tingley & Bojinov 2022 (arXiv:2210.08589).
 */
export function anytimeValidTTest({ t, degreesOfFreedom, rows, precision }: CoefficientTest): AnytimeTest {
  return anytimeValidFTest({
    f: t * t,
    numeratorDegreesOfFreedom: 1,
    denominatorDegreesOfFreedom: degreesOfFreedom,
    rows,
    precision,
  })
}

/**
 * Test that several coefficients are all 0, which may be looked at whenever one likes.
 *
 * @returns NaN outside the domain
 *
 * Source: Lindon et al. 2022 (arXiv:2210.08589).
 */
export function anytimeValidFTest(test: JointTest): AnytimeTest {
  const { f, numeratorDegreesOfFreedom: d, denominatorDegreesOfFreedom: nu } = test
  const logShrinkage = logShrinkageOf(test)
  if (!(f >= 0 && d > 0 && d < Number.POSITIVE_INFINITY && nu > 0)) return testOf(Number.NaN)
  return testOf((d * logShrinkage + evidence(d * f, test)) / 2)
}

/**
 * How many standard errors the interval of a coefficient reaches to each side, at all looks together. Infinity while
 * there are too few rows to exclude anything.
 *
 * @param alpha in (0, 1)
 * @returns NaN outside the domain
 *
 * Source: Lindon et al. 2022 (arXiv:2210.08589).
 */
export function anytimeValidRadius(
  { degreesOfFreedom: nu, rows, precision }: Omit<CoefficientTest, 't'>,
  alpha: number,
): number {
  const logShrinkage = logShrinkageOf({ rows, precision })
  if (!(nu > 0 && alpha > 0 && alpha < 1) || Number.isNaN(logShrinkage)) return Number.NaN
  const logThreshold = logShrinkage + 2 * Math.log(alpha)
  // 1 − shrinkage, exact where there are few rows beside the precision
  const gain = rows / (rows + precision)
  if (nu === Number.POSITIVE_INFINITY) return Math.sqrt(-logThreshold / gain)
  const lost = -Math.expm1(logThreshold / (nu + 1))
  return lost < gain ? Math.sqrt(nu * (lost / (gain - lost))) : Number.POSITIVE_INFINITY
}

/** log(g / (g + n)). */
function logShrinkageOf({ rows, precision }: Pick<CoefficientTest, 'rows' | 'precision'>): number {
  const isValid = rows > 0 && precision > 0 && Number.isFinite(rows) && Number.isFinite(precision)
  return isValid ? -Math.log1p(rows / precision) : Number.NaN
}

/** (ν + d) log[(1 + s / ν) / (1 + r s / ν)] with r = g / (g + n): for infinite ν, s (1 − r). */
function evidence(square: number, test: Omit<JointTest, 'f'>): number {
  const { numeratorDegreesOfFreedom: d, denominatorDegreesOfFreedom: nu, rows, precision } = test
  const gain = rows / (rows + precision)
  if (nu === Number.POSITIVE_INFINITY) return square * gain
  const share = square / nu
  if (share === Number.POSITIVE_INFINITY) return (nu + d) * Math.log1p(rows / precision)
  return (nu + d) * Math.log1p((share * gain) / (1 + (precision / (rows + precision)) * share))
}

function testOf(logEValue: number): AnytimeTest {
  return { logEValue, ...anytimePValue(logEValue) }
}
