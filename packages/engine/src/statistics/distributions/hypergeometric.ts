import { productError } from '../special/exact-product.ts'
import { deviance, stirlingError } from '../special/log-gamma.ts'
import { ALL_ABOVE, flip, fromLogLower, fromLogUpper, NO_TAILS, type Tails } from '../special/tails.ts'

const LOG_TWO_PI = 1.8378770664093454836

/** Counts of a 2×2 table by rows: a, b above c, d. Tables with the same margins form a line along a. */
export interface Cells {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

/**
 * P(X = k): k successes among `draws` without replacement from a population that holds `successes` of them.
 * Relative error below 1e-12 for populations up to 1e9.
 *
 * @param k any number; 0 for what is no possible number of successes
 * @param population whole number ≥ 0
 * @param successes whole number from 0 to `population`
 * @param draws whole number from 0 to `population`
 * @returns NaN outside the domain
 *
 * Source: Abramowitz & Stegun 1964, 26.1.21; computed as in {@link logTableProbability}.
 */
export function hypergeometricMass(k: number, population: number, successes: number, draws: number): number {
  return Math.exp(hypergeometricLogMass(k, population, successes, draws))
}

/** log P(X = k), exact where the probability underflows; see {@link hypergeometricMass}. */
export function hypergeometricLogMass(
  k: number,
  population: number,
  successes: number,
  draws: number,
): number {
  if (!isDomain(population, successes, draws) || Number.isNaN(k)) return Number.NaN
  if (!Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  const cells = tableOf(k, population, successes, draws)
  return Math.min(cells.a, cells.b, cells.c, cells.d) < 0
    ? Number.NEGATIVE_INFINITY
    : logTableProbability(cells)
}

/**
 * P(X ≤ k) as `lower` and P(X > k) as `upper`, and their natural logarithms, in time that grows with the standard
 * deviation of X; domain as for {@link hypergeometricMass}.
 */
export function hypergeometricTails(k: number, population: number, successes: number, draws: number): Tails {
  if (!isDomain(population, successes, draws) || Number.isNaN(k)) return NO_TAILS
  const found = Math.floor(k)
  if (found < Math.max(0, draws - (population - successes))) return ALL_ABOVE
  if (found >= Math.min(draws, successes)) return flip(ALL_ABOVE)
  const cells = tableOf(found, population, successes, draws)
  if (isLowerTail(cells)) return fromLogLower(logTableProbability(cells) + Math.log(tailSum(cells)))
  const above = mirrored(tableOf(found + 1, population, successes, draws))
  return fromLogUpper(logTableProbability(above) + Math.log(tailSum(above)))
}

/** Drawn and not drawn, successes and failures. */
function tableOf(k: number, population: number, successes: number, draws: number): Cells {
  return { a: k, b: draws - k, c: successes - k, d: population - successes - draws + k }
}

/** The table with one less in a is not more probable. */
export function isLowerTail({ a, b, c, d }: Cells): boolean {
  return a * d <= (b + 1) * (c + 1)
}

/** The same table with its columns exchanged, so that an upper tail becomes a lower one. */
export function mirrored({ a, b, c, d }: Cells): Cells {
  return { a: b, b: a, c: d, d: c }
}

/** Sum of the probabilities of this table and all with a smaller a, as a multiple of its own. */
export function tailSum({ a, b, c, d }: Cells): number {
  const tables = Math.min(a, d)
  let term = 1
  let sum = 1
  for (let i = 0; i < tables && term > sum * 1e-17; i++) {
    term *= ((a - i) / (b + i + 1)) * ((d - i) / (c + i + 1))
    sum += term
  }
  return sum
}

/**
 * Logarithm of the hypergeometric probability of a table given its margins. Stirling's formula for the nine
 * factorials leaves deviances of the cells from their expectations, which share one difference.
 */
export function logTableProbability({ a, b, c, d }: Cells): number {
  const n = a + b + c + d
  if (n === 0) return 0
  const difference = (a * d - b * c + (productError(a, d) - productError(b, c))) / n
  const factorials =
    logStirlingFactor(a + b) -
    logStirlingFactor(a) -
    logStirlingFactor(b) +
    (logStirlingFactor(c + d) - logStirlingFactor(c) - logStirlingFactor(d)) -
    (logStirlingFactor(n) - logStirlingFactor(a + c) - logStirlingFactor(b + d))
  return (
    factorials -
    deviance(a, (a + b) * ((a + c) / n), difference) -
    deviance(b, (a + b) * ((b + d) / n), -difference) -
    deviance(c, (c + d) * ((a + c) / n), -difference) -
    deviance(d, (c + d) * ((b + d) / n), difference)
  )
}

/** log of n! / (nⁿ e⁻ⁿ). */
function logStirlingFactor(n: number): number {
  return n === 0 ? 0 : (Math.log(n) + LOG_TWO_PI) / 2 + stirlingError(n)
}

function isDomain(population: number, successes: number, draws: number): boolean {
  return [population, successes, draws].every(
    (count) => Number.isSafeInteger(count) && count >= 0 && count <= population,
  )
}
