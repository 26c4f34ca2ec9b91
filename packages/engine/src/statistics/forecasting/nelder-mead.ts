interface Vertex {
  readonly point: readonly number[]
  readonly value: number
}

export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
}

/**
 * A local minimum of a function of few variables without derivatives. Deterministic. The coefficients adapt to the
 * number of variables.
 *
 * @param f Infinity where it is not defined
 * @param start a point where f is finite
 * @param steps size of the first simplex along each variable, not 0
 * @param tolerance stop when the values at the simplex's vertices agree to this, relative to the least of them
 *
 * Source: Nelder & Mead 1965, doi:10.1093/comjnl/7.4.308; coefficients: Gao & Han 2012,
 * doi:10.1007/s10589-010-9329-3, eq. 4.1.
 */
export function nelderMead(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  tolerance = 1e-9,
  mostEvaluations = 100 * start.length,
): Minimum {
  const n = start.length
  let evaluations = 0
  const at = (point: readonly number[]): Vertex => {
    evaluations++
    const value = f(point)
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value }
  }
  let simplex = [at(start), ...steps.map((step, j) => at(start.map((x, i) => (i === j ? x + step : x))))]
  while (evaluations < mostEvaluations) {
    simplex.sort((a, b) => a.value - b.value)
    if (n === 0 || isFlat(simplex, tolerance)) break
    simplex = improved(simplex, at)
  }
  return simplex.reduce((best, vertex) => (vertex.value < best.value ? vertex : best))
}

/** One step: the worst vertex moves through the middle of the others, or all shrink towards the best. */
function improved(simplex: readonly Vertex[], at: (point: readonly number[]) => Vertex): Vertex[] {
  const n = simplex.length - 1
  const [best, others, worst] = [simplex[0] as Vertex, simplex.slice(0, n), simplex[n] as Vertex]
  const secondWorst = others[n - 1] as Vertex
  const middle = worst.point.map(
    (_, i) => others.reduce((sum, { point }) => sum + (point[i] as number), 0) / n,
  )
  const along = (share: number): Vertex =>
    at(middle.map((x, i) => x + share * (x - (worst.point[i] as number))))
  const reflected = along(1)
  if (reflected.value < best.value) {
    const expanded = along(1 + 2 / n)
    return [...others, expanded.value < reflected.value ? expanded : reflected]
  }
  if (reflected.value < secondWorst.value) return [...others, reflected]
  const inward = Math.max(0.25, 0.75 - 1 / (2 * n))
  const contracted = reflected.value < worst.value ? along(inward) : along(-inward)
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...others, contracted]
  const shrink = n > 1 ? 1 - 1 / n : 0.5
  return [
    best,
    ...simplex
      .slice(1)
      .map(({ point }) =>
        at(point.map((x, i) => (best.point[i] as number) + shrink * (x - (best.point[i] as number)))),
      ),
  ]
}

function isFlat(simplex: readonly Vertex[], tolerance: number): boolean {
  const [best, worst] = [simplex[0] as Vertex, simplex.at(-1) as Vertex]
  return worst.value - best.value <= tolerance * Math.abs(best.value)
}
