import type { MetricKind } from '../../../packages/engine/src/metric.ts'
import type { Random } from '../../../packages/engine/src/random.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { type Arm, binaryArm, correlatedNormalArm, drawnArm, normalArm, quantileArm } from './arm.ts'

/** Where simulated units come from: what is true is known. */
export interface Population {
  readonly name: string
  readonly kind: MetricKind
  /** True value of the metric in the control. */
  readonly value: number
  readonly hasCovariate?: boolean
  /** Share of the experiments of a full run where units are many; fewer if they are slow to draw. */
  readonly pace: number
  /** A variant without units yet. A relative effect of 0.1 makes the true value 10 % larger. */
  arm(effect: number): Arm
}

function binomial(rate: number): Population {
  return {
    name: `binomial, ${rate * 100} %`,
    kind: 'proportion',
    value: rate,
    pace: 1,
    arm: (effect) => binaryArm(rate * (1 + effect)),
  }
}

const normal: Population = {
  name: 'normal',
  kind: 'mean',
  value: 10,
  pace: 1,
  arm: (effect) => normalArm(10 * (1 + effect), 3),
}

const LOG_DEVIATION = 1.2

export function logNormalVariate(random: Random): number {
  return Math.exp(LOG_DEVIATION * normalVariate(random))
}

export const LOG_NORMAL_MEAN = Math.exp((LOG_DEVIATION * LOG_DEVIATION) / 2)

const logNormal: Population = {
  name: 'log-normal, skewness 11',
  kind: 'mean',
  value: LOG_NORMAL_MEAN,
  pace: 0.5,
  arm: (effect) =>
    drawnArm({
      outcomes: 1,
      origin: [LOG_NORMAL_MEAN],
      draw: (random, unit) => {
        unit[0] = logNormalVariate(random) * (1 + effect)
      },
    }),
}

const BUYERS = 0.1
const REVENUE_MEAN = BUYERS * Math.exp(3 + 0.5)

export function revenueVariate(random: Random): number {
  return random.next() < BUYERS ? Math.exp(3 + normalVariate(random)) : 0
}

const revenue: Population = {
  name: 'revenue, 90 % zeros',
  kind: 'mean',
  value: REVENUE_MEAN,
  pace: 0.5,
  arm: (effect) =>
    drawnArm({
      outcomes: 1,
      origin: [REVENUE_MEAN],
      draw: (random, unit) => {
        unit[0] = revenueVariate(random) * (1 + effect)
      },
    }),
}

/** Clicks and views of a unit with a readiness to click. */
function drawClicks(random: Random, readiness: number, unit: Float64Array, place: number): void {
  const views = 1 + poissonOf4(random)
  let clicks = 0
  for (let i = 0; i < views; i++) if (random.next() < readiness) clicks++
  unit[place] = clicks
  unit[place + 1] = views
}

/** Units differ in how readily they click: beta(2, 8), as a ratio of sums of exponential variables. */
function readinessVariate(random: Random): number {
  let product = 1
  for (let i = 0; i < 2; i++) product *= random.nextOpen()
  const few = Math.log(product)
  for (let i = 0; i < 8; i++) product *= random.nextOpen()
  return few / Math.log(product)
}

/** A Poisson variable with mean 4, counted up along the distribution. */
function poissonOf4(random: Random): number {
  let rest = random.next()
  let probability = Math.exp(-4)
  let count = 0
  while (rest >= probability && count < 100) {
    rest -= probability
    count++
    probability *= 4 / count
  }
  return count
}

/** Clicks per view, where units differ in how much they view and how readily they click. */
const clicksPerView: Population = {
  name: 'ratio, clicks per view',
  kind: 'ratio',
  value: 0.2,
  pace: 0.2,
  arm: (effect) =>
    drawnArm({
      outcomes: 2,
      origin: [1, 5],
      draw: (random, unit) => drawClicks(random, readinessVariate(random) * (1 + effect), unit, 0),
    }),
}

export const CORRELATION = 0.7

/** Spending, with the spending before as covariate. */
const withCovariate: Population = {
  name: `normal, covariate with correlation ${CORRELATION}`,
  kind: 'mean',
  value: 10,
  hasCovariate: true,
  pace: 1,
  arm: (effect) =>
    correlatedNormalArm({
      mean: 10 * (1 + effect),
      covariateMean: 10,
      deviation: 3,
      correlation: CORRELATION,
    }),
}

/** Clicks per view of units whose clicks per view before are known. */
const ratioWithCovariate: Population = {
  name: 'ratio, with the ratio before',
  kind: 'ratio',
  value: 0.2,
  hasCovariate: true,
  pace: 0.1,
  arm: (effect) =>
    drawnArm({
      outcomes: 2,
      origin: [1, 5, 1, 5],
      draw: (random, unit) => {
        const readiness = readinessVariate(random)
        drawClicks(random, readiness * (1 + effect), unit, 0)
        drawClicks(random, readiness, unit, 2)
      },
    }),
}

function quantileOfLogNormal(level: number): Population {
  return {
    name: `${level === 0.5 ? 'median' : `${100 * level} % quantile`} of log-normal`,
    kind: 'quantile',
    value: Math.exp(LOG_DEVIATION * normalQuantile(level)),
    pace: 0.2,
    arm: (effect) => quantileArm(level, (random) => logNormalVariate(random) * (1 + effect)),
  }
}

export const POPULATIONS: readonly Population[] = [
  binomial(0.05),
  binomial(0.005),
  normal,
  logNormal,
  revenue,
  clicksPerView,
  withCovariate,
  ratioWithCovariate,
  quantileOfLogNormal(0.5),
  quantileOfLogNormal(0.95),
]
