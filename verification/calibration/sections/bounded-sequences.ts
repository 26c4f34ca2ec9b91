import type { Random } from '../../../packages/engine/src/random.ts'
import {
  bernoulliConfidenceSequence,
  logBernoulliMixture,
} from '../../../packages/engine/src/statistics/sequential/bernoulli-confidence-sequence.ts'
import {
  addToBetting,
  bettingInterval,
  startBetting,
} from '../../../packages/engine/src/statistics/sequential/betting-stream.ts'
import { differenceOfIntervals } from '../../../packages/engine/src/statistics/sequential/bounded-difference.ts'
import {
  addToEmpiricalBernstein,
  empiricalBernsteinInterval,
  startEmpiricalBernstein,
} from '../../../packages/engine/src/statistics/sequential/empirical-bernstein.ts'
import { sampleRatioEvidence } from '../../../packages/engine/src/statistics/sequential/sample-ratio-sequence.ts'
import { betaVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, FALSE_POSITIVES } from '../band.ts'
import { type Study, simulation } from '../study.ts'
import { holds } from './estimators-one-look.ts'

/** Outcomes between 0 and 1, one by one. */
interface BoundedPopulation {
  readonly name: string
  readonly mean: number
  readonly isBinary: boolean
  draw(random: Random): number
}

const binary = (rate: number): BoundedPopulation => ({
  name: `binomial, ${100 * rate} %`,
  mean: rate,
  isBinary: true,
  draw: (random) => (random.next() < rate ? 1 : 0),
})

const POPULATIONS: readonly BoundedPopulation[] = [
  binary(0.05),
  binary(0.5),
  { name: 'beta(2, 8)', mean: 0.2, isBinary: false, draw: (random) => betaVariate(random, 2, 8) },
]

const UNITS = 1000
const CANDIDATES = 100
const LAST_LOOK = '1 look per unit, to 1,000'

interface Sequence {
  readonly name: string
  /** Follows one experiment; says after each outcome whether the mean is still believed. */
  follow(mean: number, alpha: number): (value: number) => boolean
}

const betting: Sequence = {
  name: 'betting, interval',
  follow: (mean, alpha) => {
    let state = startBetting({ alpha, candidates: CANDIDATES })
    return (value) => {
      state = addToBetting(state, value)
      return holds(bettingInterval(state), mean) ?? false
    }
  },
}

const empiricalBernstein: Sequence = {
  name: 'empirical Bernstein, interval',
  follow: (mean, alpha) => {
    let state = startEmpiricalBernstein(alpha)
    return (value) => {
      state = addToEmpiricalBernstein(state, value)
      return holds(empiricalBernsteinInterval(state), mean) ?? false
    }
  },
}

const bernoulli: Sequence = {
  name: 'Bernoulli mixture, evidence',
  follow: (mean, alpha) => {
    let [successes, trials] = [0, 0]
    return (value) => {
      successes += value
      trials++
      const evidence = logBernoulliMixture({ successes, trials }, mean, { alpha, bestAt: UNITS })
      return evidence < -Math.log(alpha)
    }
  },
}

const bernoulliInterval: Sequence = {
  name: 'Bernoulli mixture, interval every 20 units',
  follow: (mean, alpha) => {
    let [successes, trials] = [0, 0]
    return (value) => {
      successes += value
      trials++
      if (trials % 20 > 0) return true
      const tuning = { alpha, bestAt: UNITS }
      return holds(bernoulliConfidenceSequence({ successes, trials }, tuning), mean) ?? false
    }
  },
}

/** Share of experiments in which the true mean was ever given up, with a look after every unit. */
const oneSample = POPULATIONS.map((population) => {
  const sequences = [
    betting,
    empiricalBernstein,
    bernoulli,
    ...(population.isBinary ? [bernoulliInterval] : []),
  ]
  return simulation({
    name: `bounded outcomes/${population.name}`,
    experiments: 2000,
    questions: sequences.map(({ name }) => ({
      section: 'peeking',
      measure: 'Sequences for outcomes between 0 and 1',
      method: name,
      population: population.name,
      sample: LAST_LOOK,
      band: FALSE_POSITIVES.atMost,
    })),
    experiment: (random, see) => {
      const followers = sequences.map(({ follow }) => follow(population.mean, ALPHA))
      const believed = sequences.map(() => true)
      for (let i = 0; i < UNITS; i++) {
        const value = population.draw(random)
        for (const [j, follower] of followers.entries()) if (believed[j]) believed[j] = follower(value)
      }
      for (const [j, isBelieved] of believed.entries()) see(j, !isBelieved)
    },
  })
})

/** Two variants without a difference, each followed with half of alpha. */
const difference = simulation({
  name: 'bounded difference',
  experiments: 2000,
  questions: [
    {
      section: 'peeking',
      measure: 'Sequences for outcomes between 0 and 1',
      method: 'betting, interval of a difference',
      population: 'binomial, 50 %',
      sample: '1 look per unit, to 500 / 500',
      band: FALSE_POSITIVES.atMost,
    },
  ],
  experiment: (random, see) => {
    const settings = { alpha: ALPHA / 2, candidates: CANDIDATES }
    let [control, treatment] = [startBetting(settings), startBetting(settings)]
    let isFound = false
    for (let i = 0; i < UNITS / 2 && !isFound; i++) {
      control = addToBetting(control, random.next() < 0.5 ? 1 : 0)
      treatment = addToBetting(treatment, random.next() < 0.5 ? 1 : 0)
      const { low, high } = differenceOfIntervals(bettingInterval(control), bettingInterval(treatment))
      isFound = low > 0 || high < 0
    }
    see(0, isFound)
  },
})

const SAMPLE_RATIO_UNITS = 10_000

/** Units that come in as planned, with a look after each. */
const sampleRatio = [
  { name: 'halves', weights: [1, 1] },
  { name: '50 : 25 : 25', weights: [2, 1, 1] },
].map(({ name, weights }) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return simulation({
    name: `sequential sample ratio/${name}`,
    experiments: 2000,
    questions: [
      {
        section: 'peeking',
        measure: 'Sample ratio, watched all the time',
        method: 'Dirichlet mixture',
        population: name,
        sample: '1 look per unit, to 10,000',
        band: FALSE_POSITIVES.atMost,
      },
    ],
    experiment: (random, see) => {
      const counts = weights.map(() => 0)
      let isFound = false
      for (let i = 0; i < SAMPLE_RATIO_UNITS && !isFound; i++) {
        const variant = variantOf(random.next() * total, weights)
        counts[variant] = (counts[variant] as number) + 1
        isFound = sampleRatioEvidence(counts, weights).pValueNow < ALPHA
      }
      see(0, isFound)
    },
  })
})

function variantOf(at: number, weights: readonly number[]): number {
  let upTo = 0
  return weights.findIndex((weight) => {
    upTo += weight
    return at < upTo
  })
}

export const boundedSequences: readonly Study[] = [...oneSample, difference, ...sampleRatio]
