import { type TInference, tInference } from '../hypothesis-tests/t-inference.ts'
import { type Cell, type FactorialCells, type FactorialProblem, isComplete, usableCells } from './cells.ts'
import { nameOf, type Term, termsUpTo } from './terms.ts'

/** What a level does to the outcome, or what levels of several factors do beyond the sum of their parts. */
export interface FactorialEffect extends TInference {
  /** The factors' names, joined by a colon. */
  readonly name: string
  /** Indices of the factors that take part. */
  readonly factors: Term
  /** For each of those factors the level that is compared with level 0. */
  readonly levels: readonly number[]
}

export interface EffectsQuestion {
  /**
   * `mean`: Student's t by Welch and Satterthwaite, cells may differ in variance. `proportion`: normal, with
   * variance p(1 − p) / n of each cell; good where each cell has some successes and some failures.
   */
  readonly kind: 'mean' | 'proportion'
  /** 1: main effects; 2: interactions of two factors as well; … */
  readonly maximumOrder: number
  /** In (0, 1): intervals hold with confidence 1 − alpha. */
  readonly alpha: number
}

/**
 * Main effects and interactions of a full factorial design, from its cells.
 *
 * The main effect of a level is the mean of its cells minus the mean of the cells at level 0, with equal weight on
 * all combinations of the other factors. An interaction is a difference of differences: how much the effect of one
 * level changes when the other factor goes from 0 to its level (of three factors: how much that changes, and so on).
 * In a 2ᵏ design the interaction of q factors is thus 2^(q − 1) times that in the convention of Box, Hunter & Hunter,
 * who halve; statistics and p-values are the same.
 *
 * With one outcome cells do not share units, so the variance of a contrast Σcᵢx̄ᵢ is Σcᵢ²sᵢ²/nᵢ.
 *
 * @returns effects by order and factor; a problem when a combination of levels is missing. Where no unit differs from
 * its cell's mean, tests and intervals are NaN
 *
 * Source: Box, Hunter & Hunter 2005, Statistics for Experimenters, 2nd edition, chapter 5; degrees of freedom:
 * Satterthwaite 1946, doi:10.2307/3002019.
 */
export function factorialEffects(
  design: FactorialCells,
  { kind, maximumOrder, alpha }: EffectsQuestion,
): FactorialEffect[] | FactorialProblem {
  const cells = usableCells(design)
  if (typeof cells === 'string') return cells
  if (!isComplete(design, cells)) return 'missing-cells'
  if (kind === 'mean' && cells.some(({ units }) => units < 2)) return 'too-few-units'
  if (kind === 'proportion' && cells.some(({ mean }) => mean < 0 || mean > 1)) return 'invalid-cells'
  return termsUpTo(design.factors.length, maximumOrder).flatMap((term) =>
    combinations(term.map((factor) => (design.levels[factor] as number) - 1)).map((levels) => ({
      name: nameOf(term, design.factors),
      factors: term,
      levels,
      ...contrastTest(cells, (cell) => coefficient(cell, term, levels, design.levels), kind, alpha),
    })),
  )
}

/**
 * Test of a contrast Σcᵢx̄ᵢ of cells without units in common.
 *
 * @param kind as in {@link EffectsQuestion}
 */
export function contrastTest(
  cells: readonly Cell[],
  coefficientOf: (cell: Cell, index: number) => number,
  kind: EffectsQuestion['kind'],
  alpha: number,
): TInference {
  let estimate = 0
  const parts: { readonly part: number; readonly units: number }[] = []
  for (const [i, cell] of cells.entries()) {
    const factor = coefficientOf(cell, i)
    const variance = kind === 'proportion' ? cell.mean * (1 - cell.mean) : cell.variance
    estimate += factor * cell.mean
    if (factor !== 0) parts.push({ part: (factor * factor * variance) / cell.units, units: cell.units })
  }
  const variance = parts.reduce((sum, { part }) => sum + part, 0)
  const degreesOfFreedom =
    kind === 'proportion'
      ? Number.POSITIVE_INFINITY
      : 1 / parts.reduce((sum, { part, units }) => sum + (part / variance) ** 2 / (units - 1), 0)
  return tInference(estimate, Math.sqrt(variance), degreesOfFreedom, alpha)
}

/** ± over the compared levels, averaged over the combinations of all other factors. */
function coefficient(cell: Cell, term: Term, compared: readonly number[], counts: readonly number[]): number {
  let sign = 1
  let combinationsOfOthers = counts.reduce((product, count) => product * count, 1)
  for (const [i, factor] of term.entries()) {
    const level = cell.levels[factor]
    if (level === 0) sign = -sign
    else if (level !== compared[i]) return 0
    combinationsOfOthers /= counts[factor] as number
  }
  return sign / combinationsOfOthers
}

/** Every choice of one of 1 … count for each count. */
function combinations(counts: readonly number[]): number[][] {
  return counts.reduce<number[][]>(
    (chosen, count) =>
      chosen.flatMap((levels) => Array.from({ length: count }, (_, level) => [...levels, level + 1])),
    [[]],
  )
}
