import { fTails } from '../distributions/f.ts'
import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts'
import { type LeastSquares, leastSquares } from '../linear-algebra/least-squares.ts'
import { entry, matrix } from '../linear-algebra/matrix.ts'
import { type Cell, type FactorialCells, type FactorialProblem, isComplete, usableCells } from './cells.ts'
import { columnsOf, isWithin, nameOf, type Term, termsUpTo } from './terms.ts'

/** One line of the table of an analysis of variance. */
export interface AnovaTerm {
  /** The factors' names, joined by a colon. */
  readonly name: string
  readonly factors: Term
  readonly degreesOfFreedom: number
  readonly sumOfSquares: number
  /** F; NaN where no unit differs from what the model expects. */
  readonly statistic: number
  readonly pValue: number
  readonly log10PValue: number
  /** Sum of squares / (sum of squares + residual sum of squares), in [0, 1]. */
  readonly partialEtaSquared: number
  /** The same corrected for chance; at or below 0 where chance explains all. */
  readonly partialOmegaSquared: number
}

export interface AnovaTable {
  readonly type: 1 | 2 | 3
  readonly terms: readonly AnovaTerm[]
  readonly residual: { readonly degreesOfFreedom: number; readonly sumOfSquares: number }
  readonly units: number
}

export interface AnovaQuestion {
  /**
   * What a term is compared with. 1: the terms before it. 2: all terms that do not contain it (main effects without
   * their interactions). 3: all other terms, which asks for equal weight of the levels combined. They agree when all
   * cells have as many units.
   */
  readonly type: 1 | 2 | 3
  /** Interactions of more factors are left out of the model; all are in it when absent. */
  readonly maximumOrder?: number
}

/**
 * Analysis of variance of a factorial design, from its cells: the same table as from the units, because the units'
 * variance within cells is all that their means leave out.
 *
 * @returns type 3 needs every combination of levels ('missing-cells'); types 1 and 2 leave out columns that empty
 * cells make undeterminable, with their degrees of freedom. 'too-few-units' when no degree of freedom is left
 *
 * Source: Yates 1934, doi:10.1080/01621459.1934.10502686; types: Searle 1987, Linear Models for Unbalanced Data;
 * type 2 and 3 as in Fox & Weisberg 2019, An R Companion to Applied Regression, section 5.3. Partial ω²: Olejnik &
 * Algina 2003, doi:10.1037/1082-989X.8.4.434.
 */
export function anova(design: FactorialCells, question: AnovaQuestion): AnovaTable | FactorialProblem {
  const cells = usableCells(design)
  if (typeof cells === 'string') return cells
  const { type, maximumOrder = design.factors.length } = question
  if (type === 3 && !isComplete(design, cells)) return 'missing-cells'
  const terms = termsUpTo(design.factors.length, maximumOrder)
  const model = modelOf(cells, design.levels)
  const whole = model(terms)
  const units = cells.reduce((sum, cell) => sum + cell.units, 0)
  const within = cells.reduce((sum, { units: n, variance }) => sum + (n > 1 ? (n - 1) * variance : 0), 0)
  const residual = {
    degreesOfFreedom: units - whole.fit.rank,
    sumOfSquares: within + (whole.fit.rank < cells.length ? whole.fit.residualSumOfSquares : 0),
  }
  if (residual.degreesOfFreedom < 1) return 'too-few-units'
  return {
    type,
    units,
    residual,
    terms: terms.map((term, index) => {
      // In type 3 the same model holds the other terms of each; elsewhere the tested term comes last.
      const tested = type === 3 ? whole : model([...comparedWith(terms, index, type), term])
      const columns = tested.columns.at(type === 3 ? index : -1) as ColumnRange
      return rowOf(nameOf(term, design.factors), term, explained(tested.fit, columns), residual, units)
    }),
  }
}

/** The terms of the smaller of the two models whose comparison tests a term. */
function comparedWith(terms: readonly Term[], index: number, type: 1 | 2): Term[] {
  const tested = terms[index] as Term
  return type === 1 ? terms.slice(0, index) : terms.filter((term) => !isWithin(tested, term))
}

interface ColumnRange {
  readonly first: number
  readonly count: number
}

interface Model {
  readonly fit: LeastSquares
  /** Where each term's columns stand. */
  readonly columns: readonly ColumnRange[]
}

/** Least squares of the cells' means weighted by their units, on the columns of given terms. */
function modelOf(cells: readonly Cell[], levels: readonly number[]): (terms: readonly Term[]) => Model {
  const roots = cells.map(({ units }) => Math.sqrt(units))
  const units = cells.reduce((sum, cell) => sum + cell.units, 0)
  const grandMean = cells.reduce((sum, cell) => sum + (cell.units / units) * cell.mean, 0)
  const y = cells.map(({ mean }, i) => (roots[i] as number) * (mean - grandMean))
  const known = new Map<Term, readonly Float64Array[]>()
  const columnsFor = (term: Term): readonly Float64Array[] => {
    const found =
      known.get(term) ??
      columnsOf(term, levels).map((column) =>
        Float64Array.from(cells, (cell, i) => (roots[i] as number) * column(cell.levels)),
      )
    known.set(term, found)
    return found
  }
  const constant: Term = []
  return (terms: readonly Term[]): Model => {
    const byTerm = [constant, ...terms].map(columnsFor)
    const width = byTerm.reduce((sum, { length }) => sum + length, 0)
    const x = matrix(cells.length, width)
    for (const [j, column] of byTerm.flat().entries())
      for (const [i, value] of column.entries()) x.data[i * width + j] = value
    let first = 0
    const ranges = byTerm.map(({ length: count }) => {
      first += count
      return { first: first - count, count }
    })
    return { fit: leastSquares(x, y), columns: ranges.slice(1) }
  }
}

/**
 * What some columns explain beyond the others: bᵀ V⁻¹ b of their coefficients, V being their part of (XᵀX)⁻¹.
 * Equal to the difference of the residual sums of squares, which would cancel.
 */
function explained(
  { coefficients, inverseGram, isIndependent }: LeastSquares,
  { first, count }: ColumnRange,
): { readonly sumOfSquares: number; readonly degreesOfFreedom: number } {
  const kept = Array.from({ length: count }, (_, i) => first + i).filter((j) => isIndependent[j])
  const part = matrix(kept.length, kept.length)
  for (const [i, row] of kept.entries())
    for (const [j, column] of kept.entries()) part.data[i * kept.length + j] = entry(inverseGram, row, column)
  const values = kept.map((j) => coefficients[j] as number)
  const lower = cholesky(part)
  if (!lower) return { sumOfSquares: Number.NaN, degreesOfFreedom: kept.length }
  const solved = solveCholesky(lower, values)
  const sumOfSquares = values.reduce((sum, value, i) => sum + value * (solved[i] as number), 0)
  return { sumOfSquares, degreesOfFreedom: kept.length }
}

function rowOf(
  name: string,
  factors: Term,
  { sumOfSquares, degreesOfFreedom }: { readonly sumOfSquares: number; readonly degreesOfFreedom: number },
  residual: AnovaTable['residual'],
  units: number,
): AnovaTerm {
  const residualMean = residual.sumOfSquares / residual.degreesOfFreedom
  const statistic =
    residualMean > 0 && degreesOfFreedom > 0 ? sumOfSquares / degreesOfFreedom / residualMean : Number.NaN
  const { upper, logUpper } = fTails(statistic, degreesOfFreedom, residual.degreesOfFreedom)
  const excess = degreesOfFreedom * (statistic - 1)
  return {
    name,
    factors,
    degreesOfFreedom,
    sumOfSquares,
    statistic,
    pValue: upper,
    log10PValue: logUpper / Math.LN10,
    partialEtaSquared: sumOfSquares / (sumOfSquares + residual.sumOfSquares),
    partialOmegaSquared: excess / (excess + units),
  }
}
