/** Nodes in (−1, 1), ascending, and weights of a quadrature rule. */
export interface QuadratureRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

const known = new Map<number, QuadratureRule>()

/**
 * Gauss and Legendre's rule: ∫₋₁¹ f ≈ Σ wᵢ f(xᵢ), exact for polynomials of degree up to 2n − 1. Each rule is
 * worked out once and kept.
 *
 * Newton's method on Pₙ from Tricomi's starting points; weights 2 / ((1 − x²) Pₙ′(x)²).
 *
 * @param n points, a whole number from 1 to 1000
 *
 * Source: Abramowitz & Stegun 1964, 25.4.29 and 22.16.6.
 */
export function gaussLegendre(n: number): QuadratureRule {
  const found = known.get(n)
  if (found) return found
  const rule = build(n)
  known.set(n, rule)
  return rule
}

/** ∫ f from `from` to `to` by a rule of n points. */
export function integrate(f: (x: number) => number, from: number, to: number, n: number): number {
  const { nodes, weights } = gaussLegendre(n)
  const half = (to - from) / 2
  const centre = (from + to) / 2
  let sum = 0
  for (let i = 0; i < n; i++) sum += (weights[i] as number) * f(centre + half * (nodes[i] as number))
  return half * sum
}

function build(n: number): QuadratureRule {
  const nodes = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < Math.ceil(n / 2); i++) {
    const { x, derivative } = rootOf(n, i)
    const weight = 2 / ((1 - x * x) * derivative * derivative)
    nodes[i] = -x
    nodes[n - 1 - i] = x
    weights[i] = weight
    weights[n - 1 - i] = weight
  }
  if (n % 2 === 1) nodes[(n - 1) / 2] = 0
  return { nodes, weights }
}

/** The (i + 1)-th largest root of Pₙ, with P′ there. */
function rootOf(n: number, i: number): { x: number; derivative: number } {
  let x = (1 - (n - 1) / (8 * n ** 3)) * Math.cos((Math.PI * (4 * i + 3)) / (4 * n + 2))
  let derivative = 1
  for (let step = 0; step < 20; step++) {
    const [value, slope] = legendre(n, x)
    derivative = slope
    const change = value / slope
    x -= change
    if (Math.abs(change) < 1e-16) break
  }
  return { x, derivative: legendre(n, x)[1] || derivative }
}

/** Pₙ(x) and Pₙ′(x) by the three-term recurrence. */
function legendre(n: number, x: number): readonly [number, number] {
  let before = 1
  let value = x
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
  return n === 1 ? [x, 1] : [value, (n * (x * value - before)) / (x * x - 1)]
}
