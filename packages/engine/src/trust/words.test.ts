import { describe, expect, it } from 'vitest'
import { about, amount, capitalised, daysInWords, effectInWords, list, percent, pInWords } from './words.ts'

/** Narrow spaces as ones that can be typed. */
function plain(text: string): string {
  return text.replaceAll('\u202f', ' ')
}

describe('words', () => {
  it.each([
    [0.031, '3.1 %'],
    [0.05, '5 %'],
    [0, '0 %'],
    [1, '100 %'],
    [-0.021, '−2.1 %'],
    [0.00012, '0.012 %'],
    [3.2, '320 %'],
    [-1e-20, '0 %'],
  ])('write the share %s as %s', (share, text) => {
    expect(plain(percent(share))).toBe(text)
  })

  it('keep a number and its unit on one line', () => {
    expect(percent(0.05)).toBe('5\u202f%')
  })

  it.each([
    [0.031, 0.012, 0.05, '+3.1 % [1.2 %, 5.0 %]'],
    [-0.031, -0.05, -0.012, '−3.1 % [−5.0 %, −1.2 %]'],
    [0.02, -0.0003, 0.05, '+2.00 % [−0.03 %, 5.00 %]'],
    [0, 0, 0, '0.0 % [0.0 %, 0.0 %]'],
    [0.5, -2, 3, '+50 % [−200 %, 300 %]'],
    [0.1, Number.NEGATIVE_INFINITY, 0.2, '+10.0 % [−∞ %, 20.0 %]'],
  ])('write the effect %s from %s to %s as %s', (estimate, low, high, text) => {
    const absolute = { estimate: 1, low: 0, high: 2 }
    const relative = { status: 'ok', method: 'test', estimate, low, high } as const
    expect(plain(effectInWords({ absolute, relative }))).toBe(text)
  })

  it('write an effect without a relative one in units of the metric', () => {
    const absolute = { estimate: 0.31, low: 0.12, high: 0.5 }
    const relative = { status: 'not-computable', reason: 'baseline-zero', message: '' } as const
    expect(effectInWords({ absolute, relative })).toBe('+0.31 [0.12, 0.50]')
  })

  it.each([
    [0.5, 'p = 0.50'],
    [0.012, 'p = 0.012'],
    [0.0999, 'p = 0.10'],
    [3.2e-9, 'p = 3e−9'],
    [1e-320, 'p < 1e−300'],
    [0, 'p < 1e−300'],
  ])('write the p-value %s as %s', (p, text) => {
    expect(pInWords(p)).toBe(text)
  })

  it.each([
    [['B'], 'B'],
    [['B', 'C'], 'B and C'],
    [['B', 'C', 'D', 'E', 'F'], 'B, C, D, E and F'],
    [['B', 'C', 'D', 'E', 'F', 'G'], 'B, C, D, E and 2 more'],
    [[], ''],
  ])('list %j as %s', (names, text) => {
    expect(list(names)).toBe(text)
  })

  it('write numbers of any size', () => {
    expect([0.0312, 1234567, -1.5e-7, 0, 3e12].map(amount)).toEqual([
      '0.0312',
      '1,234,567',
      '−1.50e−7',
      '0.0',
      '3.00e+12',
    ])
    expect([12345, 999, 0.4].map(about)).toEqual(['12,000', '1,000', '0'])
    expect([1, 6.52, 14.2, 0.04].map(daysInWords)).toEqual(['1 day', '6.5 days', '14 days', '0 days'])
    expect(capitalised('on')).toBe('On')
  })
})
