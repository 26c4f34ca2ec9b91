/** A matrix of doubles, row after row. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
}

export function matrix(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) }
}

/** @param rows all of the same length */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const columns = rows[0]?.length ?? 0
  const result = matrix(rows.length, columns)
  for (const [i, row] of rows.entries())
    for (let j = 0; j < columns; j++) result.data[i * columns + j] = row[j] as number
  return result
}

export function entry({ columns, data }: Matrix, row: number, column: number): number {
  return data[row * columns + column] as number
}

export function rowsOf({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)])
}

/** A·x */
export function times({ rows, columns, data }: Matrix, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) sum += (data[i * columns + j] as number) * (x[j] as number)
    result[i] = sum
  }
  return result
}

/** A·B */
export function product(a: Matrix, b: Matrix): Matrix {
  const result = matrix(a.rows, b.columns)
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const factor = entry(a, i, k)
      for (let j = 0; j < b.columns; j++) {
        const place = i * b.columns + j
        result.data[place] = (result.data[place] as number) + factor * entry(b, k, j)
      }
    }
  }
  return result
}
