import type { Measurement } from './row.ts'

/** What a batch of simulated experiments adds to one row; batches are merged in their order. */
export interface Tally {
  /** Experiments in which the method gave an answer. */
  answered: number
  unanswered: number
  /** Experiments in which it happened. */
  happened: number
  /** One number per experiment, where the row is about their median. */
  readonly values: number[]
}

export function emptyTally(): Tally {
  return { answered: 0, unanswered: 0, happened: 0, values: [] }
}

export function mergedTally(one: Tally, other: Tally): Tally {
  return {
    answered: one.answered + other.answered,
    unanswered: one.unanswered + other.unanswered,
    happened: one.happened + other.happened,
    values: [...one.values, ...other.values],
  }
}

/** The share with its standard error, at least that of one experiment more on either side. */
export function shareOf({ answered, unanswered, happened }: Tally): Measurement {
  const cautious = (happened + 1) / (answered + 2)
  return {
    quantity: 'share',
    value: happened / answered,
    standardError: Math.sqrt((cautious * (1 - cautious)) / answered),
    experiments: answered,
    unanswered: unanswered / (answered + unanswered),
  }
}

/**
 * Quantile of the values divided by a number; its standard error from the order statistics one deviation of the rank
 * away. Infinity where so many values are.
 */
export function quantileRatioOf({ values }: Tally, divisor: number, level = 0.5): Measurement {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (rank: number) =>
    sorted[Math.max(0, Math.min(sorted.length - 1, Math.round(rank)))] ?? Number.NaN
  const rank = (sorted.length - 1) * level
  const reach = Math.sqrt(sorted.length * level * (1 - level))
  const value = at(rank) / divisor
  const standardError = (at(rank + reach) - at(rank - reach)) / 2 / divisor
  return {
    quantity: 'ratio',
    value,
    standardError: Number.isFinite(value) ? standardError : 0,
    experiments: sorted.length,
    unanswered: 0,
  }
}
