import { describe, expect, it } from 'vitest'
import { normalSf } from '../../distributions/normal.ts'
import { integrate } from '../../special/gauss-legendre.ts'
import { exitProbabilities } from './exit-probabilities.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)

describe('exitProbabilities', () => {
  // Gauss–Legendre recursion with 600 nodes, 20 looks of O'Brien and Fleming's spending
  it('with a drift', () => {
    const upper = [2.9625880427275666, 1.9685956405936518]
    const rule = { information: [0.5, 1], upper, lower: upper.map((z) => -z) }
    const { upper: exits, lower, never } = exitProbabilities(rule, 2.8)
    expect(relativeError(exits[0] as number, 0.16288024945883334)).toBeLessThan(1e-12)
    expect(relativeError(exits[1] as number, 0.6352125644910022)).toBeLessThan(1e-12)
    expect(relativeError(1 - never, 0.7980941053712851)).toBeLessThan(1e-12)
    expect(
      (exits[0] as number) + (exits[1] as number) + (lower[0] as number) + (lower[1] as number) + never,
    ).toBeCloseTo(1, 14)
  })

  it('keeps all digits of what is nearly impossible', () => {
    const rule = { information: [0.5, 1], upper: [20, 25], lower: [-20, -25] }
    const { upper } = exitProbabilities(rule)
    // P(Z₁ < 20, Z₂ ≥ 25) by integration over Z₁ around where it comes from
    const direct = integrate(
      (z) =>
        (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * normalSf((25 - z * Math.SQRT1_2) / Math.SQRT1_2),
      8,
      20,
      200,
    )
    expect(relativeError(upper[0] as number, normalSf(20))).toBeLessThan(1e-14)
    expect(relativeError(upper[1] as number, direct)).toBeLessThan(1e-11)
  })

  it('does not change with looks at which nothing can stop', () => {
    const plain = exitProbabilities({ information: [0.4, 1], upper: [2.2, 2] }, 1.5)
    const never = Number.POSITIVE_INFINITY
    const more = exitProbabilities(
      { information: [0.001, 0.4, 0.40001, 0.99, 1], upper: [never, 2.2, never, never, 2] },
      1.5,
    )
    expect(relativeError(more.upper[1] as number, plain.upper[0] as number)).toBeLessThan(1e-12)
    expect(relativeError(more.upper[4] as number, plain.upper[1] as number)).toBeLessThan(1e-12)
  })

  it('counts the wedge of hopeless outcomes apart', () => {
    const rule = { information: [0.5, 1], upper: [2.5, 2], lower: [-2.5, -2], inner: [0.3, 2] }
    const { upper, lower, inner, never } = exitProbabilities(rule)
    expect(relativeError(inner[0] as number, 1 - 2 * normalSf(0.3))).toBeLessThan(1e-12)
    const all = [...upper, ...lower, ...inner].reduce((sum, exit) => sum + exit, never)
    expect(all).toBeCloseTo(1, 13)
    expect(never).toBeCloseTo(0, 13)
  })

  it('depends on the sign of the drift as it should, and not on the unit of information', () => {
    const upper = [2.4, 2.1]
    const lower = [-1.7, -2.3]
    const one = exitProbabilities({ information: [0.3, 1], upper, lower }, 1)
    const turned = exitProbabilities(
      { information: [0.3, 1], upper: lower.map((z) => -z), lower: upper.map((z) => -z) },
      -1,
    )
    const scaled = exitProbabilities({ information: [300, 1000], upper, lower }, 1 / Math.sqrt(1000))
    for (const look of [0, 1]) {
      expect(relativeError(turned.lower[look] as number, one.upper[look] as number)).toBeLessThan(1e-13)
      expect(relativeError(scaled.lower[look] as number, one.lower[look] as number)).toBeLessThan(1e-12)
    }
  })

  it('answers NaN outside the domain', () => {
    const rule = { information: [0.5, 1], upper: [2, 2] }
    for (const wrong of [
      { ...rule, upper: [2] },
      { ...rule, information: [0.5, 0.5 + 1e-9] },
      { ...rule, lower: [3, 1] },
      { ...rule, inner: [3, 1] },
      { ...rule, upper: [Number.NaN, 2] },
    ])
      expect(exitProbabilities(wrong).never).toBeNaN()
    expect(exitProbabilities(rule, Number.NaN).upper).toEqual([Number.NaN, Number.NaN])
  })
})
