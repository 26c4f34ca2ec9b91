import { describe, expect, it } from 'vitest'
import {
  bounds,
  change,
  count,
  decimalsFor,
  level,
  PERCENT,
  PERCENTAGE_POINTS,
  PLAIN,
  pEquals,
  pValue,
  signed,
} from './numbers.ts'

describe('numbers for people', () => {
  it('shows p-values', () => {
    expect([0.5, 0.1, 0.0744, 0.008607, 0.001, 1.2e-7, 1e-299, 0, 1, Number.NaN].map(pValue)).toEqual([
      '0.50',
      '0.10',
      '0.074',
      '0.0086',
      '0.0010',
      '1.2e-7',
      '1.0e-299',
      '< 1e-300',
      '1.00',
      '–',
    ])
    expect([pEquals(0.0086), pEquals(0)]).toEqual(['p = 0.0086', 'p < 1e-300'])
  })

  it('shows levels with four significant digits', () => {
    expect(level(0.10616727, PERCENT)).toBe('10.62 %')
    expect(level(0.0057260865, PERCENT)).toBe('0.5726 %')
    expect(
      [52.456, 1.4226, 12345.6, 0.00012345, -7.5, 0, Number.NaN].map((value) => level(value, PLAIN)),
    ).toEqual(['52.46', '1.423', '12,346', '0.0001235', '−7.500', '0', '–'])
    expect(level(1.5e13, PLAIN)).toBe('1.50e+13')
    expect(level(1.5e-9, PLAIN)).toBe('1.50e-9')
  })

  it('shows changes with the precision of their interval', () => {
    const interval = { estimate: 0.0765895, low: 0.0699535, high: 0.0832256 }
    expect(change(interval, PERCENTAGE_POINTS)).toBe('+7.66 pp')
    expect(bounds(interval, PERCENTAGE_POINTS)).toBe('[+7.00, +8.32]')
    expect(bounds({ estimate: 1.18, low: 0.5443, high: 1.8143 }, PERCENT)).toBe('[+54, +181]')
    expect(bounds({ estimate: -1.157, low: -3.7197, high: 1.4047 }, PLAIN)).toBe('[−3.72, +1.40]')
    expect(bounds({ estimate: 1234, low: -1000, high: 3468 }, PLAIN)).toBe('[−1,000, +3,468]')
    expect(decimalsFor({ estimate: 1, low: 1, high: 1 }, PLAIN)).toBe(3)
  })

  it('gives no sign to zero, whatever made it zero', () => {
    expect([signed(0, 1), signed(-0.004, 2), signed(0.006, 2), signed(Number.POSITIVE_INFINITY, 2)]).toEqual([
      '0.0',
      '0.00',
      '+0.01',
      '+∞',
    ])
    expect(count(1234567)).toBe('1,234,567')
  })
})
