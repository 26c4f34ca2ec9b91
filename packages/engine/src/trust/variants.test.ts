import { describe, expect, it } from 'vitest'
import { unitsNeededRatio } from './needed-units.ts'
import { comparison, evidenceOf } from './testing.ts'
import { betterness, relativeGain, treatmentsOf } from './variants.ts'

describe('variants', () => {
  it('that were to get no units are no treatments', () => {
    const changes = { counts: { A: 100, B: 100, C: 0 }, expected: { A: 1, B: 1, C: 0 } }
    expect(treatmentsOf(evidenceOf(changes))).toEqual(['B'])
  })

  it('that were stopped are judged no more, unless nothing else is left', () => {
    const counts = { A: 100, B: 100, C: 100 }
    expect(treatmentsOf(evidenceOf({ counts, stopped: ['C'] }))).toEqual(['B'])
    expect(treatmentsOf(evidenceOf({ counts, stopped: ['B', 'C'] }))).toEqual(['B', 'C'])
  })

  it('are all treatments before a unit came', () => {
    expect(treatmentsOf(evidenceOf({ counts: { A: 0, C: 0, B: 0 } }))).toEqual(['B', 'C'])
  })
})

describe('a gain', () => {
  it('is turned so that more is better', () => {
    const compared = comparison(0.1, 0.02)
    const increase = relativeGain(compared, 'increase')
    const decrease = relativeGain(compared, 'decrease')
    expect(increase).toMatchObject({ estimate: 0.1 })
    expect(decrease).toEqual({ estimate: -0.1, low: -(increase?.high ?? 0), high: -(increase?.low ?? 0) })
    expect(betterness(compared, 'increase')).toBe(1)
    expect(betterness(compared, 'decrease')).toBe(-1)
    expect(betterness(comparison(0, 0.02), 'decrease')).toBe(0)
  })

  it('has the sign of the absolute effect where the control is negative', () => {
    // From −10 to −12: a relative effect of +20 %, and less of it.
    const compared = {
      ...comparison(0.2, 0.02),
      absolute: { estimate: -2, low: -2.4, high: -1.6 },
    }
    expect(relativeGain(compared, 'increase')).toMatchObject({ estimate: -0.2 })
    expect(relativeGain(compared, 'decrease')).toMatchObject({ estimate: 0.2 })
  })

  it('does not exist without a relative effect', () => {
    const relative = { status: 'not-computable', reason: 'baseline-zero', message: '' } as const
    expect(relativeGain(comparison(0.1, 0.1, { relative }), 'increase')).toBeUndefined()
  })
})

describe('units that are needed', () => {
  it('grow with the square of how far the interval reaches', () => {
    // Half the width is 1.96 standard errors; twice the estimate needs four times the units.
    expect(unitsNeededRatio(comparison(0.00979982, 0.01), 'increase')).toBeCloseTo(4, 5)
    expect(unitsNeededRatio(comparison(-0.00979982, 0.01), 'decrease')).toBeCloseTo(4, 5)
  })

  it('follow the adjusted p-value where the interval has arrived', () => {
    const compared = comparison(0.022, 0.01, { pValueAdjusted: 0.1 })
    expect(unitsNeededRatio(compared, 'increase')).toBeCloseTo(Math.log(0.05) / Math.log(0.1), 10)
  })

  it('are without end for no effect at all', () => {
    expect(unitsNeededRatio(comparison(0, 0.01), 'increase')).toBe(Number.POSITIVE_INFINITY)
  })

  it('are those that are there for what is significant', () => {
    expect(unitsNeededRatio(comparison(0.05, 0.01), 'increase')).toBe(1)
  })
})
