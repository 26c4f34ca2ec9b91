import { describe, expect, it } from 'vitest'
import { oddsRatio, riskRatio } from './odds-and-risk-ratio.ts'
import { agrestiCaffoInterval, waldInterval } from './proportion-difference-intervals.ts'

const of = (successes: number, trials: number) => ({ successes, trials })

describe('differences', () => {
  // Newcombe 1998 (difference), table II, method 1
  it('Wald: 56 in 70 and 48 in 80', () => {
    const { low, high } = waldInterval(of(48, 80), of(56, 70), 0.05)
    expect(low).toBeCloseTo(0.0575, 4)
    expect(high).toBeCloseTo(0.3425, 4)
  })

  it('Wald has no answer where it would have no width', () => {
    expect(waldInterval(of(0, 10), of(10, 10), 0.05).low).toBeNaN()
  })

  it('Agresti and Caffo: 0 in 3 and 2 in 3, by hand', () => {
    // 1/5 and 3/5 after the additions; variances 0.16/5 and 0.24/5
    const { low, high } = agrestiCaffoInterval(of(0, 3), of(2, 3), 0.05)
    expect(low).toBeCloseTo(0.4 - 1.959963984540054 * Math.sqrt(0.08), 14)
    expect(high).toBeCloseTo(0.4 + 1.959963984540054 * Math.sqrt(0.08), 14)
  })

  it('answer NaN outside', () => {
    expect(agrestiCaffoInterval(of(2, 1), of(1, 2), 0.05).low).toBeNaN()
    expect(agrestiCaffoInterval(of(1, 2), of(1, 2), 0).low).toBeNaN()
    expect(waldInterval(of(2, 1), of(1, 2), 0.05).low).toBeNaN()
  })
})

describe('riskRatio', () => {
  it('has Katz’s interval', () => {
    // 25 digits (mpmath)
    const { estimate, low, high } = riskRatio(of(5, 50), of(15, 50), 0.05)
    expect(estimate).toBeCloseTo(3, 14)
    expect(low).toBeCloseTo(1.1799626523908764, 12)
    expect(high).toBeCloseTo(7.627360053950796, 12)
  })

  it('is 0 without success in the treatment, and nothing without success in the control', () => {
    const none = riskRatio(of(5, 50), of(0, 50), 0.05)
    expect(none.estimate).toBe(0)
    expect(none.low).toBeNaN()
    expect(riskRatio(of(0, 50), of(5, 50), 0.05).estimate).toBeNaN()
  })
})

describe('oddsRatio', () => {
  it('has Woolf’s interval, by hand', () => {
    // (10 / 20) / (5 / 30) = 3; variance of its logarithm 1/10 + 1/20 + 1/5 + 1/30
    const { estimate, logStandardError, low, high } = oddsRatio(of(5, 35), of(10, 30), 0.05)
    expect(estimate).toBeCloseTo(3, 14)
    expect(logStandardError).toBeCloseTo(Math.sqrt(0.1 + 0.05 + 0.2 + 1 / 30), 14)
    expect(low * high).toBeCloseTo(9, 12)
    expect(Math.log(high / 3) / logStandardError).toBeCloseTo(1.959963984540054, 12)
  })

  it('needs the continuity correction where a count is 0', () => {
    expect(oddsRatio(of(0, 35), of(10, 30), 0.05).estimate).toBeNaN()
    const corrected = oddsRatio(of(0, 35), of(10, 30), 0.05, 0.5)
    expect(corrected.estimate).toBeCloseTo((10.5 / 20.5) * (35.5 / 0.5), 12)
    expect(corrected.low).toBeGreaterThan(1)
  })
})
