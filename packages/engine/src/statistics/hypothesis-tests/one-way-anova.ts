import { fTails } from '../distributions/f.ts'
import type { SampleSummary } from './sample-summary.ts'

export interface FTest {
  readonly statistic: number
  readonly numeratorDegreesOfFreedom: number
  readonly denominatorDegreesOfFreedom: number
  readonly pValue: number
  readonly log10PValue: number
}

export interface OneWayAnova extends FTest {
  readonly sumOfSquaresBetween: number
  readonly sumOfSquaresWithin: number
}

/**
 * One-way analysis of variance: do all groups have the same mean, if their variances are the same?
 *
 * @param groups at least two, each with at least one unit, more units than groups
 * @returns NaN outside the domain, and for statistic and p-value where no unit differs from its group's mean
 *
 * Source: Fisher 1925, Statistical Methods for Research Workers, chapter VII.
 */
export function oneWayAnova(groups: readonly SampleSummary[]): OneWayAnova {
  const units = sum(groups.map((group) => group.units))
  const isValid = groups.length >= 2 && groups.every((group) => isGroup(group, 1)) && units > groups.length
  const numeratorDegreesOfFreedom = isValid ? groups.length - 1 : Number.NaN
  const denominatorDegreesOfFreedom = isValid ? units - groups.length : Number.NaN
  const sumOfSquaresWithin = isValid
    ? sum(groups.map((group) => (group.units > 1 ? (group.units - 1) * group.variance : 0)))
    : Number.NaN
  const sumOfSquaresBetween = isValid
    ? squaresAround(
        groups,
        groups.map((group) => group.units),
      )
    : Number.NaN
  const residual = sumOfSquaresWithin / denominatorDegreesOfFreedom
  const statistic = residual > 0 ? sumOfSquaresBetween / numeratorDegreesOfFreedom / residual : Number.NaN
  return {
    sumOfSquaresBetween,
    sumOfSquaresWithin,
    ...fTest(statistic, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom),
  }
}

/**
 * Welch's analysis of variance: do all groups have the same mean, whatever their variances? For two groups it is
 * Welch's t test, squared.
 *
 * @param groups at least two, each with at least two units and a variance above 0
 * @returns NaN outside the domain
 *
 * Source: Welch 1951, doi:10.1093/biomet/38.3-4.330.
 */
export function welchAnova(groups: readonly SampleSummary[]): FTest {
  const k = groups.length
  const isValid = k >= 2 && groups.every((group) => isGroup(group, 2) && group.variance > 0)
  if (!isValid) return fTest(Number.NaN, Number.NaN, Number.NaN)
  const weights = groups.map(({ units, variance }) => units / variance)
  const total = sum(weights)
  const imbalance = sum(groups.map(({ units }, i) => (1 - (weights[i] as number) / total) ** 2 / (units - 1)))
  const between = squaresAround(groups, weights) / (k - 1)
  const statistic = between / (1 + ((2 * (k - 2)) / (k * k - 1)) * imbalance)
  return fTest(statistic, k - 1, (k * k - 1) / (3 * imbalance))
}

function fTest(
  statistic: number,
  numeratorDegreesOfFreedom: number,
  denominatorDegreesOfFreedom: number,
): FTest {
  const { upper, logUpper } = fTails(statistic, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom)
  return {
    statistic,
    numeratorDegreesOfFreedom,
    denominatorDegreesOfFreedom,
    pValue: upper,
    log10PValue: logUpper / Math.LN10,
  }
}

/** Σ w (x̄ − their weighted mean)², the means taken from the first one so that a common offset loses nothing. */
function squaresAround(groups: readonly SampleSummary[], weights: readonly number[]): number {
  const total = sum(weights)
  const origin = groups[0]?.mean ?? 0
  const centre = sum(groups.map(({ mean }, i) => ((weights[i] as number) / total) * (mean - origin)))
  return sum(groups.map(({ mean }, i) => (weights[i] as number) * (mean - origin - centre) ** 2))
}

function isGroup({ units, mean, variance }: SampleSummary, least: number): boolean {
  const isKnown = Number.isFinite(units) && units >= least && Number.isFinite(mean)
  return isKnown && (units === 1 || (variance >= 0 && variance < Number.POSITIVE_INFINITY))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
