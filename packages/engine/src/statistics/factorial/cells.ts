/** One combination of levels, and what its units say of the outcome. */
export interface Cell {
  /** Level of each factor, counted from 0, the control level. */
  readonly levels: readonly number[]
  readonly units: number
  readonly mean: number
  /** Of the units' values, divisor n − 1. */
  readonly variance: number
}

/** An experiment with several factors at once, summarised by cells; cells come in any order. */
export interface FactorialCells {
  /** Names of the factors, in the order of the cells' levels. */
  readonly factors: readonly string[]
  /** Number of levels of each factor, at least 2. */
  readonly levels: readonly number[]
  readonly cells: readonly Cell[]
}

/** Why the cells cannot be analysed. */
export type FactorialProblem =
  /** A cell lies outside the factors' levels, stands there twice, or holds a number that is none. */
  | 'invalid-cells'
  /** A combination of levels has no units; the question needs them all. */
  | 'missing-cells'
  /** A cell has fewer units than its variance needs. */
  | 'too-few-units'
  | 'zero-variance'

/** The cell of a proportion: a sample of zeros and ones. */
export function proportionCell(levels: readonly number[], successes: number, units: number): Cell {
  const mean = successes / units
  return { levels, units, mean, variance: units > 1 ? (units / (units - 1)) * mean * (1 - mean) : Number.NaN }
}

/** Cells with units, or what is wrong with them. */
export function usableCells({ factors, levels, cells }: FactorialCells): readonly Cell[] | FactorialProblem {
  const isDesign =
    factors.length > 0 && levels.length === factors.length && levels.every((count) => count >= 2)
  if (!isDesign || !cells.every((cell) => isCell(cell, levels))) return 'invalid-cells'
  const present = cells.filter(({ units }) => units > 0)
  const places = new Set(present.map((cell) => cell.levels.join(',')))
  return places.size === present.length ? present : 'invalid-cells'
}

/** Whether every combination of levels has units. */
export function isComplete({ levels }: FactorialCells, present: readonly Cell[]): boolean {
  return present.length === levels.reduce((product, count) => product * count, 1)
}

function isCell({ levels, units, mean, variance }: Cell, counts: readonly number[]): boolean {
  const isPlace =
    levels.length === counts.length &&
    levels.every((level, i) => Number.isInteger(level) && level >= 0 && level < (counts[i] as number))
  const isMeasured = Number.isFinite(mean) && (units === 1 || (variance >= 0 && Number.isFinite(variance)))
  return isPlace && Number.isFinite(units) && (units === 0 || (units >= 1 && isMeasured))
}
