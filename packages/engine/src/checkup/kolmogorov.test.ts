import { describe, expect, it } from 'vitest'
import { kolmogorovSf, uniformityOf } from './kolmogorov.ts'

describe('the distribution of Kolmogorov', () => {
  // scipy.stats.kstwobign.sf, SciPy 1.17.1
  it.each([
    [0.3, 0.9999906941986655],
    [0.5, 0.9639452436648751],
    [0.8, 0.5441424115741981],
    [1.0, 0.26999967167735456],
    [1.17, 0.12939004218561884],
    [1.19, 0.11774229287977166],
    [1.3581, 0.0499996304316674],
    [1.6276, 0.010001537333060776],
    [2.5, 7.453306344157342e-6],
    [5.0, 3.8574996959278356e-22],
  ])('P(K > %d) = %d', (x, expected) => {
    expect(kolmogorovSf(x) / expected).toBeCloseTo(1, 10)
  })

  it('has its whole probability above 0', () => {
    expect([kolmogorovSf(-1), kolmogorovSf(0), kolmogorovSf(0.05)]).toEqual([1, 1, 1])
    expect(kolmogorovSf(Number.NaN)).toBeNaN()
  })
})

describe('how evenly numbers are spread', () => {
  // Exact: scipy.stats.kstwo.sf, SciPy 1.17.1
  it.each([
    [20, 0.1, 0.976255094592155],
    [20, 0.2, 0.352720173623415],
    [20, 0.3, 0.04306706665851623],
    [50, 0.1, 0.6623112704658186],
    [50, 0.2, 0.03143877776953241],
    [200, 0.04, 0.8932878117043649],
    [200, 0.08, 0.1463961356372503],
    [200, 0.115, 0.009246309462189005],
    [2000, 0.02, 0.3953133626892045],
    [2000, 0.036, 0.01093508430863776],
  ])('of %d numbers at distance %d, p is near %d', (n, distance, expected) => {
    // The last number sticks out of an even grid by the distance.
    const values = Array.from({ length: n }, (_, i) => Math.max(0, (i + 1) / n - distance))
    const found = uniformityOf(values)
    expect(found.distance).toBeCloseTo(distance, 12)
    expect(Math.abs(found.pValue - expected)).toBeLessThan(0.001)
  })

  it('is as even as can be half a step from the grid', () => {
    const n = 100
    const { distance, pValue } = uniformityOf(Array.from({ length: n }, (_, i) => (i + 0.5) / n))
    expect(distance).toBeCloseTo(0.5 / n, 12)
    expect(pValue).toBe(1)
  })

  it('does not hang on the order, and is NaN outside of [0, 1]', () => {
    expect(uniformityOf([0.9, 0.1, 0.4])).toEqual(uniformityOf([0.1, 0.4, 0.9]))
    for (const values of [[], [0.5, Number.NaN], [-0.1], [1.1]])
      expect(uniformityOf(values)).toEqual({ distance: Number.NaN, pValue: Number.NaN })
  })
})
