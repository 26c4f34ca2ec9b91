import type { MetricSummary } from '../../../packages/engine/src/estimator.ts'
import { accumulatorFor } from '../../../packages/engine/src/projection/accumulator.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import { jointSummary } from '../../../packages/engine/src/statistics/moments/joint-summary.ts'
import { gammaVariate, normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { binomialVariate } from './binomial-variate.ts'

/** Units of one variant that come in one after the other; their statistics at any time. */
export interface Arm {
  add(units: number, random: Random): void
  summary(): MetricSummary
}

/** Units that are 0 or 1: only how many there are of each is drawn. */
export function binaryArm(rate: number): Arm {
  let units = 0
  let successes = 0
  return {
    add(count, random) {
      units += count
      successes += binomialVariate(random, count, rate)
    },
    summary() {
      const share = successes / units
      return { units, mean: [share], covariance: [[(share * (units - successes)) / (units - 1)]] }
    },
  }
}

/** Normal units: mean and sum of squares of many are independent, and drawn instead of the units. */
export function normalArm(mean: number, deviation: number): Arm {
  let units = 0
  /** Of the distances from the true mean. */
  let sum = 0
  let squares = 0
  return {
    add(count, random) {
      const total = Math.sqrt(count) * normalVariate(random)
      units += count
      sum += deviation * total
      squares += deviation * deviation * ((total * total) / count + chiSquareVariate(random, count - 1))
    },
    summary: () => ({
      units,
      mean: [mean + sum / units],
      covariance: [[(squares - (sum * sum) / units) / (units - 1)]],
    }),
  }
}

/** Outcome and covariate of one unit, both normal with the same mean and deviation. */
export interface CorrelatedPlan {
  /** Of the outcome. */
  readonly mean: number
  readonly covariateMean: number
  readonly deviation: number
  readonly correlation: number
}

/**
 * Normal units with a normal covariate: as {@link normalArm}, with the sums of squares and products from Wishart's
 * distribution.
 *
 * Source: Bartlett 1933, doi:10.1017/S0370164600016357 (decomposition of a Wishart matrix).
 */
export function correlatedNormalArm(plan: CorrelatedPlan): Arm {
  const { mean, covariateMean, deviation, correlation } = plan
  const rest = Math.sqrt(1 - correlation * correlation)
  let units = 0
  /** Of the covariate and of what else is in the outcome, standardised and independent of each other. */
  const sums = [0, 0] as [number, number]
  const products = [0, 0, 0] as [number, number, number]
  return {
    add(count, random) {
      const x = Math.sqrt(count) * normalVariate(random)
      const y = Math.sqrt(count) * normalVariate(random)
      const first = Math.sqrt(chiSquareVariate(random, count - 1))
      const across = count > 1 ? normalVariate(random) : 0
      units += count
      sums[0] += x
      sums[1] += y
      products[0] += (x * x) / count + first * first
      products[1] += (x * y) / count + first * across
      products[2] += (y * y) / count + across * across + chiSquareVariate(random, count - 2)
    },
    summary() {
      const [x, y] = [sums[0] / units, sums[1] / units]
      const scale = (deviation * deviation) / (units - 1)
      const xx = scale * (products[0] - units * x * x)
      const xy = scale * (products[1] - units * x * y)
      const yy = scale * (products[2] - units * y * y)
      const across = correlation * xx + rest * xy
      const outcome = correlation * correlation * xx + 2 * correlation * rest * xy + rest * rest * yy
      const all = {
        units,
        mean: [mean + deviation * (correlation * x + rest * y), covariateMean + deviation * x],
        covariance: [
          [outcome, across],
          [across, xx],
        ],
      }
      return jointSummary(all, 1)
    },
  }
}

function chiSquareVariate(random: Random, degreesOfFreedom: number): number {
  return degreesOfFreedom > 0 ? 2 * gammaVariate(random, degreesOfFreedom / 2) : 0
}

export interface UnitPlan {
  /** Components of a unit that are outcomes; the others are covariates. */
  readonly outcomes: number
  /** A number near the mean of each component: sums of distances from it lose no digits. */
  readonly origin: readonly number[]
  draw(random: Random, unit: Float64Array): void
}

/** Any other units, drawn one by one. */
export function drawnArm({ outcomes, origin, draw }: UnitPlan): Arm {
  const size = origin.length
  const unit = new Float64Array(size)
  const sums = new Float64Array(size)
  const products = new Float64Array(size * size)
  let units = 0
  return {
    add(count, random) {
      units += count
      for (let k = 0; k < count; k++) {
        draw(random, unit)
        for (let i = 0; i < size; i++) {
          const x = (unit[i] as number) - (origin[i] as number)
          sums[i] = (sums[i] as number) + x
          unit[i] = x
          for (let j = 0; j <= i; j++)
            products[i * size + j] = (products[i * size + j] as number) + x * (unit[j] as number)
        }
      }
    },
    summary() {
      const sum = (i: number) => sums[i] as number
      const product = (i: number, j: number) => products[Math.max(i, j) * size + Math.min(i, j)] as number
      const all = {
        units,
        mean: origin.map((from, i) => from + sum(i) / units),
        covariance: origin.map((_, i) =>
          origin.map((_, j) => (product(i, j) - (sum(i) * sum(j)) / units) / (units - 1)),
        ),
      }
      return jointSummary(all, outcomes)
    },
  }
}

/** A quantile of units that are drawn one by one, as an analysis keeps it. */
export function quantileArm(level: number, draw: (random: Random) => number): Arm {
  const kept = accumulatorFor(
    { key: 'quantile', components: [[]], outcomes: 1, cap: Infinity, quantile: level, sparse: false },
    1,
  )
  const unit = new Float64Array(1)
  return {
    add(count, random) {
      for (let i = 0; i < count; i++) {
        unit[0] = draw(random)
        kept.add(0, unit, 1)
      }
    },
    summary: () => kept.summary(0),
  }
}
