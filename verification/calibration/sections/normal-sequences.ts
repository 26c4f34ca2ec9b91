import { anytimeValidTTest } from '../../../packages/engine/src/statistics/sequential/anytime-valid-regression.ts'
import {
  asymptoticConfidenceSequence,
  optimalRhoSquared,
} from '../../../packages/engine/src/statistics/sequential/asymptotic-confidence-sequence.ts'
import { mixtureSequentialTest } from '../../../packages/engine/src/statistics/sequential/mixture-sprt.ts'
import { plannedSequence } from '../../../packages/engine/src/statistics/sequential/planned-sequence.ts'
import { normalVariate } from '../../../packages/engine/src/statistics/variates/variates.ts'
import { ALPHA, FALSE_POSITIVES } from '../band.ts'
import { type Study, simulation } from '../study.ts'

const PAIRS = 1000
const FIRST = 100

interface Sequence {
  readonly name: string
  /** p-value of the difference of two means with n units in each and known variance 1. */
  pValue(estimate: number, pairs: number): number
}

const rhoSquared = optimalRhoSquared({ alpha: ALPHA, units: PAIRS })
const look = (estimate: number, pairs: number) => ({
  estimate,
  standardError: Math.sqrt(2 / pairs),
  units: 2 * pairs,
})

const SEQUENCES: readonly Sequence[] = [
  {
    name: 'planned sequence (always-valid)',
    pValue: (estimate, pairs) =>
      plannedSequence(look(estimate, pairs), { alpha: ALPHA, plannedUnits: 2 * PAIRS }).pValue,
  },
  {
    name: 'normal mixture',
    pValue: (estimate, pairs) =>
      asymptoticConfidenceSequence(look(estimate, pairs), { alpha: ALPHA, rhoSquared }).pValue,
  },
  {
    name: `normal mixture, not looked at before ${2 * FIRST} units`,
    pValue: (estimate, pairs) =>
      pairs < FIRST
        ? 1
        : asymptoticConfidenceSequence(look(estimate, pairs), {
            alpha: ALPHA,
            rhoSquared,
            firstUnits: 2 * FIRST,
          }).pValue,
  },
  {
    name: 'mixture test, deviation 0.1',
    pValue: (estimate, pairs) =>
      mixtureSequentialTest({ ...look(estimate, pairs), mixtureVariance: 0.01, alpha: ALPHA }).pValue,
  },
]

/** The bare sequences, where all they assume is true and a look follows every pair of units. */
const knownVariance = simulation({
  name: 'sequences of normal outcomes',
  experiments: 3000,
  questions: SEQUENCES.map(({ name }) => ({
    section: 'peeking',
    measure: 'Sequences for normal outcomes',
    method: name,
    population: 'normal, known variance',
    sample: '1 look per pair, to 1,000 / 1,000',
    band: FALSE_POSITIVES.atMost,
  })),
  experiment: (random, see) => {
    const found = SEQUENCES.map(() => false)
    let sum = 0
    for (let pairs = 1; pairs <= PAIRS; pairs++) {
      sum += Math.SQRT2 * normalVariate(random)
      for (const [i, { pValue }] of SEQUENCES.entries())
        if (!found[i]) found[i] = pValue(sum / pairs, pairs) < ALPHA
    }
    for (const [i, isFound] of found.entries()) see(i, isFound)
  },
})

/** Exact with an unknown variance, from the third unit on. */
const unknownVariance = simulation({
  name: 'anytime-valid t',
  experiments: 3000,
  questions: [
    {
      section: 'peeking',
      measure: 'Sequences for normal outcomes',
      method: 'anytime-valid t test of a regression',
      population: 'normal, unknown variance',
      sample: '1 look per pair, to 1,000 / 1,000',
      band: FALSE_POSITIVES.atMost,
    },
  ],
  experiment: (random, see) => {
    let [control, treatment, squares] = [0, 0, 0]
    let isFound = false
    for (let pairs = 1; pairs <= PAIRS && !isFound; pairs++) {
      const [x, y] = [normalVariate(random), normalVariate(random)]
      control += x
      treatment += y
      squares += x * x + y * y
      if (pairs < 2) continue
      const within = squares - (control * control + treatment * treatment) / pairs
      const degreesOfFreedom = 2 * pairs - 2
      const t = (treatment - control) / pairs / Math.sqrt(((within / degreesOfFreedom) * 2) / pairs)
      isFound = anytimeValidTTest({ t, degreesOfFreedom, rows: 2 * pairs, precision: 100 }).pValue < ALPHA
    }
    see(0, isFound)
  },
})

export const normalSequences: readonly Study[] = [knownVariance, unknownVariance]
