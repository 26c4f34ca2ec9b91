import type { MetricSummary } from '../../packages/engine/src/estimator.ts'
import type { Metric } from '../../packages/engine/src/metric.ts'
import type { Random } from '../../packages/engine/src/random.ts'
import { CrossMoments } from '../../packages/engine/src/statistics/moments/cross-moments.ts'
import { jointSummary } from '../../packages/engine/src/statistics/moments/joint-summary.ts'
import {
  betaVariate,
  normalVariate,
  poissonVariate,
} from '../../packages/engine/src/statistics/variates/variates.ts'

/** Where simulated units come from: what is true is known. */
export interface Population {
  readonly name: string
  readonly kind: Metric['kind']
  /** Components of a unit that are outcomes; the others are covariates. */
  readonly outcomes: number
  readonly components: number
  /** True value of the metric in the control. */
  readonly value: number
  /** Writes one unit into `unit`. A relative effect of 0.1 makes the true value 10 % larger. */
  draw(random: Random, effect: number, unit: Float64Array): void
}

function binomial(rate: number): Population {
  return {
    name: `binomial, ${rate * 100} %`,
    kind: 'proportion',
    outcomes: 1,
    components: 1,
    value: rate,
    draw(random, effect, unit) {
      unit[0] = random.next() < rate * (1 + effect) ? 1 : 0
    },
  }
}

const LOG_SD = 1.2
const logNormal: Population = {
  name: 'log-normal, skewness 11',
  kind: 'mean',
  outcomes: 1,
  components: 1,
  value: Math.exp((LOG_SD * LOG_SD) / 2),
  draw(random, effect, unit) {
    unit[0] = Math.exp(LOG_SD * normalVariate(random)) * (1 + effect)
  },
}

const BUYERS = 0.1
const revenue: Population = {
  name: 'revenue, 90 % zeros',
  kind: 'mean',
  outcomes: 1,
  components: 1,
  value: BUYERS * Math.exp(3 + 0.5),
  draw(random, effect, unit) {
    unit[0] = random.next() < BUYERS ? Math.exp(3 + normalVariate(random)) * (1 + effect) : 0
  },
}

const normal: Population = {
  name: 'normal',
  kind: 'mean',
  outcomes: 1,
  components: 1,
  value: 10,
  draw(random, effect, unit) {
    unit[0] = 10 * (1 + effect) + 3 * normalVariate(random)
  },
}

/** Clicks per view, where units differ in how much they view and how readily they click. */
const clicksPerView: Population = {
  name: 'ratio, clicks per view',
  kind: 'ratio',
  outcomes: 2,
  components: 2,
  value: 0.2,
  draw(random, effect, unit) {
    const views = 1 + poissonVariate(random, 4)
    const readiness = betaVariate(random, 2, 8) * (1 + effect)
    let clicks = 0
    for (let i = 0; i < views; i++) if (random.next() < readiness) clicks++
    unit[0] = clicks
    unit[1] = views
  },
}

/** Spending, with the spending before as covariate; correlation 0.7. */
const withCovariate: Population = {
  name: 'normal, covariate with correlation 0.7',
  kind: 'mean',
  outcomes: 1,
  components: 2,
  value: 10,
  draw(random, effect, unit) {
    const before = normalVariate(random)
    unit[1] = 10 + 3 * before
    unit[0] = 10 * (1 + effect) + 3 * (0.7 * before + Math.sqrt(1 - 0.49) * normalVariate(random))
  },
}

export const POPULATIONS: readonly Population[] = [
  binomial(0.05),
  binomial(0.005),
  normal,
  logNormal,
  revenue,
  clicksPerView,
  withCovariate,
]

/** Units of one variant that come in one after the other; their statistics at any time. */
export class SimulatedArm {
  readonly #population: Population
  readonly #effect: number
  readonly #moments: CrossMoments
  readonly #unit: Float64Array

  constructor(population: Population, effect: number) {
    this.#population = population
    this.#effect = effect
    this.#moments = new CrossMoments(1, population.components)
    this.#unit = new Float64Array(population.components)
  }

  add(units: number, random: Random): void {
    for (let i = 0; i < units; i++) {
      this.#population.draw(random, this.#effect, this.#unit)
      this.#moments.add(0, this.#unit, 1)
    }
  }

  summary(): MetricSummary {
    return jointSummary(this.#moments.summary(0), this.#population.outcomes)
  }
}
