import { entry, type Matrix, matrix } from '../linear-algebra/matrix.ts'

/** Columns with mean 0 and variance 1, after a column of ones. */
export interface StandardisedDesign {
  /** n × (p + 1) */
  readonly design: Matrix
  readonly means: Float64Array
  /** Standard deviations (divisor n); 1 for a constant column, which becomes 0. */
  readonly scales: Float64Array
  /** Whether any column is constant. */
  readonly isConstant: boolean
}

/** Brings columns of any size and offset to the same footing, which keeps the normal equations well conditioned. */
export function standardised(features: Matrix): StandardisedDesign {
  const { rows, columns } = features
  const design = matrix(rows, columns + 1)
  const means = new Float64Array(columns)
  const scales = new Float64Array(columns)
  let isConstant = false
  for (let j = 0; j < columns; j++) {
    const [mean, scale] = momentsOf(features, j)
    means[j] = mean
    const isVaried = scale > 1e-12 * Math.abs(mean) && scale > 0
    scales[j] = isVaried ? scale : 1
    isConstant ||= !isVaried
    for (let i = 0; i < rows; i++)
      design.data[i * (columns + 1) + j + 1] = isVaried ? (entry(features, i, j) - mean) / scale : 0
  }
  for (let i = 0; i < rows; i++) design.data[i * (columns + 1)] = 1
  return { design, means, scales, isConstant }
}

/** Coefficients, the intercept first, on the columns as they were given. */
export function unstandardised(
  coefficients: Float64Array,
  { means, scales }: StandardisedDesign,
): Float64Array {
  const result = coefficients.slice()
  for (let j = 0; j < means.length; j++) {
    result[j + 1] = (coefficients[j + 1] as number) / (scales[j] as number)
    result[0] = (result[0] as number) - (result[j + 1] as number) * (means[j] as number)
  }
  return result
}

function momentsOf(features: Matrix, column: number): [mean: number, scale: number] {
  let sum = 0
  for (let i = 0; i < features.rows; i++) sum += entry(features, i, column)
  const mean = sum / features.rows
  let squares = 0
  for (let i = 0; i < features.rows; i++) squares += (entry(features, i, column) - mean) ** 2
  return [mean, Math.sqrt(squares / features.rows)]
}
