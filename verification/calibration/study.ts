import type { Random } from '../../packages/engine/src/random.ts'
import type { Measurement, Quantity, Question } from './row.ts'
import { emptyTally, shareOf, type Tally } from './tally.ts'

/**
 * A piece of work that answers some questions: experiments that are simulated in batches, each with chance of its
 * own, so that what comes out depends neither on how many batches run at once nor on where.
 */
export interface Study {
  /** Unique: its chance is drawn from it. */
  readonly name: string
  readonly questions: readonly Question[]
  /** Experiments of a full run; 1 for a study without chance. */
  readonly experiments: number
  /** Experiments of one batch, a second's work or so. */
  readonly batch: number
  /** One tally per question. */
  run(random: Random, experiments: number): Tally[]
  /** One measurement per question, from the tallies of all batches. */
  conclude(tallies: readonly Tally[]): Measurement[]
}

/** Says of a question, by its index, whether it happened in this experiment; undefined where there is no answer. */
export type See = (question: number, happened: boolean | undefined) => void

export interface Simulation {
  readonly name: string
  readonly questions: readonly Question[]
  readonly experiments: number
  readonly batch?: number
  /** One experiment. */
  experiment(random: Random, see: See): void
}

/** A study that counts in how many experiments something happened. */
export function simulation({ name, questions, experiments, batch, experiment }: Simulation): Study {
  return {
    name,
    questions,
    experiments,
    batch: batch ?? Math.ceil(experiments / BATCHES),
    run: (random, count) => {
      const tallies = questions.map(emptyTally)
      const see: See = (question, happened) => countIn(tallies[question], happened)
      for (let i = 0; i < count; i++) experiment(random, see)
      return tallies
    },
    conclude: (tallies) => tallies.map(shareOf),
  }
}

const BATCHES = 10

function countIn(tally: Tally | undefined, happened: boolean | undefined): void {
  if (!tally) return
  if (happened === undefined) tally.unanswered++
  else tally.answered++
  if (happened) tally.happened++
}

/** A probability that needs no simulation, as all possible outcomes are gone through. */
export interface Enumerated {
  /** Given that there is an answer. */
  readonly value: number
  /** Probability that there is none; 0 unless given. */
  readonly unanswered?: number
}

/** A study without chance: the probabilities take the place of the numbers of experiments. */
export function enumeration(
  name: string,
  questions: readonly Question[],
  compute: () => readonly Enumerated[],
  quantity: Quantity = 'share',
): Study {
  return {
    name,
    questions,
    experiments: 1,
    batch: 1,
    run: () =>
      compute().map(({ value, unanswered = 0 }) => ({
        answered: 1 - unanswered,
        unanswered,
        happened: value * (1 - unanswered),
        values: [],
      })),
    conclude: (tallies) =>
      tallies.map((tally) => ({ ...shareOf(tally), quantity, standardError: 0, experiments: 0 })),
  }
}
