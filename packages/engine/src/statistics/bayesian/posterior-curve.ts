import { betaQuantile, betaUpperQuantile } from '../distributions/beta-quantile.ts'
import { gammaQuantile, gammaUpperQuantile } from '../distributions/gamma-quantile.ts'
import { normalQuantile } from '../distributions/normal-quantile.ts'
import { findRoot } from '../special/find-root.ts'
import { LOG_LINE, LOGIT_LINE, REAL_LINE } from './line.ts'
import { logitOfBeta, logOfGamma, normalDensityOf } from './log-concave.ts'

export type PosteriorFamily = 'beta' | 'gamma' | 'normal'

/** What is known of a value after the data, as it was told: its mean and the bounds of equal tails. */
export interface PosteriorSummary {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** A probability density at points in ascending order, the bounds of the interval among them. */
export interface PosteriorCurve {
  readonly family: PosteriorFamily
  /** Whether the family has a member with this mean and these bounds: then the curve is the posterior itself. */
  readonly isExact: boolean
  readonly x: readonly number[]
  readonly density: readonly number[]
}

/** A member of a family, by what is asked of it here. */
interface Member {
  readonly lower: (tail: number) => number
  readonly upper: (tail: number) => number
  readonly density: (x: number) => number
}

const STEPS = 120
/** Left out at either end of the curve. */
const TAIL = 0.0005
/** Bounds this near, in widths of the interval, are the same but for rounding. */
const SAME = 1e-6
/** How far from the guess the worth of a member is looked for, as logarithms of factors. */
const FIRST_REACH = 0.25
const LAST_REACH = 4

/**
 * The density of a posterior of which mean and interval are known. In each of the families there is one member
 * with this mean whose interval is as wide; when its bounds agree as well, it is the posterior. Otherwise the
 * normal density with the same mean and width stands in, and `isExact` is false.
 *
 * @param alpha the interval leaves half of it on each side; in (0, 1)
 * @returns undefined when the numbers are not finite or the interval is empty
 */
export function posteriorCurve(
  summary: PosteriorSummary,
  alpha: number,
  family: PosteriorFamily,
): PosteriorCurve | undefined {
  const { estimate, low, high } = summary
  if (!(Number.isFinite(high - low) && Number.isFinite(estimate) && low < high && alpha > 0 && alpha < 1)) {
    return undefined
  }
  const wanted = MEMBERS[family](summary, alpha)
  if (wanted && agrees(wanted, summary, alpha)) return { family, isExact: true, ...curveOf(wanted, summary) }
  const normal = normalMember(summary, alpha)
  return { family: 'normal', isExact: agrees(normal, summary, alpha), ...curveOf(normal, summary) }
}

const MEMBERS = { beta: betaMember, gamma: gammaMember, normal: normalMember } as const

function betaMember(summary: PosteriorSummary, alpha: number): Member | undefined {
  const { estimate, low, high } = summary
  if (!(low >= 0 && high <= 1 && estimate > 0 && estimate < 1)) return undefined
  const guess = (estimate * (1 - estimate)) / deviationOf(summary, alpha) ** 2
  return memberAsWide(guess, high - low, alpha, (size) => {
    const [a, b] = [estimate * size, (1 - estimate) * size]
    const { logPeak, drop } = logitOfBeta({ a, b })
    return {
      lower: (tail) => betaQuantile(tail, a, b),
      upper: (tail) => betaUpperQuantile(tail, a, b),
      density: (x) => {
        const at = Math.log(x) - Math.log1p(-x)
        return Math.exp(logPeak + drop(at)) / LOGIT_LINE.stretch(at)
      },
    }
  })
}

function gammaMember(summary: PosteriorSummary, alpha: number): Member | undefined {
  const { estimate, low, high } = summary
  if (!(low >= 0 && estimate > 0)) return undefined
  const guess = (estimate / deviationOf(summary, alpha)) ** 2
  return memberAsWide(guess, high - low, alpha, (shape) => {
    const scale = estimate / shape
    const { logPeak, drop } = logOfGamma({ shape, rate: 1 / scale })
    return {
      lower: (tail) => gammaQuantile(tail, shape, scale),
      upper: (tail) => gammaUpperQuantile(tail, shape, scale),
      density: (x) => Math.exp(logPeak + drop(Math.log(x))) / LOG_LINE.stretch(Math.log(x)),
    }
  })
}

function normalMember(summary: PosteriorSummary, alpha: number): Member {
  const { estimate } = summary
  const standardDeviation = deviationOf(summary, alpha)
  const { logPeak, drop } = normalDensityOf({ mean: estimate, standardDeviation })
  return {
    lower: (tail) => estimate + normalQuantile(tail) * standardDeviation,
    upper: (tail) => estimate - normalQuantile(tail) * standardDeviation,
    density: (x) => Math.exp(logPeak + drop(x)) / REAL_LINE.stretch(x),
  }
}

/**
 * The more a member is worth, the narrower its interval; but for the least ones, whose mass lies at an end. So
 * the search widens from what the variance of a normal posterior with this interval would make it.
 */
function memberAsWide(
  guess: number,
  width: number,
  alpha: number,
  member: (worth: number) => Member,
): Member | undefined {
  const excess = (logWorth: number) => {
    const { lower, upper } = member(Math.exp(logWorth))
    return upper(alpha / 2) - lower(alpha / 2) - width
  }
  const middle = Math.log(guess)
  for (let reach = FIRST_REACH; reach <= LAST_REACH; reach *= 2) {
    const found = findRoot(excess, middle - reach, middle + reach, 1e-15)
    if (!Number.isNaN(found)) return member(Math.exp(found))
  }
  return undefined
}

function deviationOf({ low, high }: PosteriorSummary, alpha: number): number {
  return (high - low) / 2 / -normalQuantile(alpha / 2)
}

function agrees({ lower, upper }: Member, { low, high }: PosteriorSummary, alpha: number): boolean {
  const tolerance = SAME * (high - low)
  return Math.abs(lower(alpha / 2) - low) <= tolerance && Math.abs(upper(alpha / 2) - high) <= tolerance
}

function curveOf(
  { lower, upper, density }: Member,
  { low, high }: PosteriorSummary,
): Pick<PosteriorCurve, 'x' | 'density'> {
  const [from, to] = [lower(TAIL), upper(TAIL)]
  const even = Array.from({ length: STEPS + 1 }, (_, i) => from + ((to - from) * i) / STEPS)
  const points = [...new Set([...even, low, high])].toSorted((a, b) => a - b)
  const known = points.map((x) => [x, density(x)] as const).filter(([, value]) => Number.isFinite(value))
  return { x: known.map(([x]) => x), density: known.map(([, value]) => value) }
}
