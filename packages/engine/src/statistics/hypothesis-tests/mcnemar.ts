import { chiSquareTails } from '../distributions/chi-square.ts'
import { incompleteBeta } from '../special/incomplete-beta.ts'
import { isExactCount } from './counts.ts'

export interface McNemarTest {
  /** Twice the smaller tail of the binomial distribution with probability ½, at most 1. */
  readonly pValueExact: number
  readonly log10PValueExact: number
  /** (|b − c| − 1)² / (b + c), and 0 where b = c. */
  readonly statisticCorrected: number
  readonly pValueCorrected: number
  /** (b − c)² / (b + c) */
  readonly statistic: number
  readonly pValue: number
  readonly log10PValue: number
}

/**
 * McNemar's test of paired yes-or-no outcomes: of the units that answered differently under the two conditions, did
 * as many go one way as the other? Exact, by chi-square, and with Edwards' continuity correction.
 *
 * @param onlyFirst units (a whole number in [0, 1e12]) with yes under the first condition only
 * @param onlySecond units with yes under the second condition only
 * @returns NaN for what is no count and where no unit answered differently
 *
 * Source: McNemar 1947, doi:10.1007/BF02295996; Edwards 1948, doi:10.1007/BF02289261.
 */
export function mcNemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  const isValid = [onlyFirst, onlySecond].every(isExactCount)
  const discordant = isValid && onlyFirst + onlySecond > 0 ? onlyFirst + onlySecond : Number.NaN
  const distance = Math.abs(onlyFirst - onlySecond)
  const corrected = Math.max(0, distance - 1)
  const statistic = (distance / discordant) * distance
  const statisticCorrected = (corrected / discordant) * corrected
  const { upper, logUpper } = chiSquareTails(statistic, 1)
  const logExact = exactLogarithm(Math.min(onlyFirst, onlySecond), discordant)
  return {
    pValueExact: Math.exp(logExact),
    log10PValueExact: logExact / Math.LN10,
    statisticCorrected,
    pValueCorrected: chiSquareTails(statisticCorrected, 1).upper,
    statistic,
    pValue: upper,
    log10PValue: logUpper / Math.LN10,
  }
}

/** Natural logarithm of the exact p-value. P(X ≤ k) = I½(n − k, k + 1) for n tosses of a fair coin. */
function exactLogarithm(fewer: number, discordant: number): number {
  if (Number.isNaN(discordant)) return Number.NaN
  const { logLower } = incompleteBeta(0.5, discordant - fewer, fewer + 1)
  return Math.min(0, logLower + Math.LN2)
}
