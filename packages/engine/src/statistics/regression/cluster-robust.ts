import { type Matrix, matrix } from '../linear-algebra/matrix.ts'
import { type LinearRegression, sandwichOf } from './linear-regression.ts'

export interface ClusterRobust {
  /** Covariance matrix of the coefficients, p × p. */
  readonly covariance: Matrix
  readonly clusters: number
  /** Clusters − 1: for t tests of the coefficients. */
  readonly degreesOfFreedom: number
}

/**
 * Covariance of regression coefficients where the rows of a cluster depend on each other: rows are finer than what
 * was randomised (sessions of users). Trustworthy with some forty clusters or more, alike in size.
 *
 * @param regression of the rows, with n rows and rank r
 * @param clusters which cluster each row belongs to: any values, equal for the same cluster
 * @param kind `cr0` is the plain sandwich of sums per cluster; `cr1` multiplies by G/(G − 1) · (n − 1)/(n − r), for G
 *   clusters
 * @returns undefined where lengths differ and below two clusters
 *
 * Source: Liang & Zeger 1986, doi:10.1093/biomet/73.1.13; Cameron & Miller 2015, section II,
 * doi:10.3368/jhr.50.2.317.
 */
export function clusterRobust(
  { fit, design }: LinearRegression,
  clusters: ArrayLike<number | string>,
  kind: 'cr0' | 'cr1',
): ClusterRobust | undefined {
  if (clusters.length !== design.rows) return undefined
  const scores = scoresByCluster(design, fit.residuals, clusters)
  const count = scores.size
  if (count < 2) return undefined
  const p = design.columns
  const filling = matrix(p, p)
  for (const score of scores.values())
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++)
        filling.data[i * p + j] =
          (filling.data[i * p + j] as number) + (score[i] as number) * (score[j] as number)
  const sandwich = sandwichOf(fit.inverseGram, filling)
  const factor = kind === 'cr0' ? 1 : (count / (count - 1)) * ((design.rows - 1) / (design.rows - fit.rank))
  return {
    covariance: { ...sandwich, data: sandwich.data.map((value) => value * factor) },
    clusters: count,
    degreesOfFreedom: count - 1,
  }
}

/** Σ xᵢ eᵢ of the rows of each cluster. */
function scoresByCluster(
  design: Matrix,
  residuals: Float64Array,
  clusters: ArrayLike<number | string>,
): Map<number | string, Float64Array> {
  const { rows, columns, data } = design
  const scores = new Map<number | string, Float64Array>()
  for (let row = 0; row < rows; row++) {
    const cluster = clusters[row] as number | string
    const score = scores.get(cluster) ?? new Float64Array(columns)
    for (let j = 0; j < columns; j++)
      score[j] = (score[j] as number) + (data[row * columns + j] as number) * (residuals[row] as number)
    scores.set(cluster, score)
  }
  return scores
}
