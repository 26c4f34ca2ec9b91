import { incompleteBetaAt } from '../special/incomplete-beta.ts'
import { ALL_ABOVE, flip, NO_TAILS, type Tails } from '../special/tails.ts'
import { betaQuantilePoint } from './beta-quantile.ts'
import { chiSquareTails } from './chi-square.ts'
import { chiSquareQuantile, chiSquareUpperQuantile } from './gamma-quantile.ts'
import { normalQuantile } from './normal-quantile.ts'

/** From here on degrees of freedom are as good as infinite: a chi-square over its degrees is 1 to 1e-10. */
const INFINITE_FROM = 1e22

/** When both are larger, log F is normal to the last digit of F. */
const LOG_NORMAL_FROM = 1e16

/**
 * Both tails of the F distribution (the ratio of two mean squares) and their natural logarithms. Relative error
 * below 1e-12 in both tails for degrees of freedom from 0.1 to 1e9.
 *
 * @param x any number; below 0 the lower tail is empty
 * @param df1 > 0, degrees of freedom of the numerator, Infinity allowed
 * @param df2 > 0, degrees of freedom of the denominator, Infinity allowed
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.6.2.
 */
export function fTails(x: number, df1: number, df2: number): Tails {
  if (!(df1 > 0 && df2 > 0) || Number.isNaN(x)) return NO_TAILS
  if (x <= 0) return ALL_ABOVE
  if (x === Number.POSITIVE_INFINITY) return flip(ALL_ABOVE)
  if (df2 >= INFINITE_FROM) return df1 >= INFINITE_FROM ? stepAtOne(x) : chiSquareTails(x * df1, df1)
  if (df1 >= INFINITE_FROM) return flip(chiSquareTails(df2 / x, df2))
  const odds = x * (df1 / df2)
  if (odds === 0) return ALL_ABOVE
  if (odds === Number.POSITIVE_INFINITY) return flip(ALL_ABOVE)
  const share = 1 / (1 + odds)
  return incompleteBetaAt({
    x: odds < 1 ? odds * share : 1 / (1 + 1 / odds),
    y: share,
    a: df1 / 2,
    b: df2 / 2,
    distance: ((1 - x) * share * df1) / 2,
  })
}

/** P(F > x): the p-value of an F statistic; see {@link fTails}. */
export function fSf(x: number, df1: number, df2: number): number {
  return fTails(x, df1, df2).upper
}

/**
 * x with P(F ≤ x) = p for the F distribution.
 *
 * @param p in [0, 1]; 0 and Infinity at the ends
 * @returns NaN outside the domain of {@link fTails}
 */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (!(p >= 0 && p <= 1 && df1 > 0 && df2 > 0)) return Number.NaN
  if (df1 >= LOG_NORMAL_FROM && df2 >= LOG_NORMAL_FROM) {
    const spread = Math.sqrt(2 / df1 + 2 / df2)
    return spread === 0 ? 1 : Math.exp(normalQuantile(p) * spread)
  }
  if (df2 >= INFINITE_FROM) return chiSquareQuantile(p, df1) / df1
  if (df1 >= INFINITE_FROM) return df2 / chiSquareUpperQuantile(p, df2)
  const { x, y } = betaQuantilePoint(p, df1 / 2, df2 / 2)
  return (x / y) * (df2 / df1)
}

/** x with P(F > x) = q: the critical value of a test at level q; see {@link fQuantile}. */
export function fUpperQuantile(q: number, df1: number, df2: number): number {
  return 1 / fQuantile(q, df2, df1)
}

function stepAtOne(x: number): Tails {
  return x < 1 ? ALL_ABOVE : flip(ALL_ABOVE)
}
