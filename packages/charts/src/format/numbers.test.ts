import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatChance,
  formatCount,
  formatDifference,
  formatEstimate,
  formatInterval,
  formatOnAxis,
  formatPercent,
  formatPValue,
  formatValue,
  type NumberStyle,
  PERCENT,
  PLAIN,
  styleOfDifference,
  styleOfMetric,
} from './numbers.ts'

const POINTS: NumberStyle = { kind: 'points' }
const TURNS: NumberStyle = { kind: 'number', unit: 'turns' }

/** Spaces of all kinds as one that can be typed. */
function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0.3, '0'],
    [1234.4, '1,234'],
    [-1234, '−1,234'],
    [99_999, '99,999'],
    [123_456, '123,456'],
    [999_999, '999,999'],
    [1_000_000, '1.00 M'],
    [-1_234_567, '−1.23 M'],
    [999_600_000, '1.00 G'],
    [null, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('counts %s as %s', (value, text) => {
    expect(plain(formatCount(value))).toBe(text)
  })

  it.each([
    [0, PLAIN, '0'],
    [9.996, PLAIN, '10.0'],
    [12.34, TURNS, '12.3 turns'],
    [0.0314, PERCENT, '3.14 %'],
    [-0.0314, POINTS, '−3.14 pp'],
    [123_456, PLAIN, '123,456'],
    [-1.5e-7, PLAIN, '−1.50e−7'],
    [1.5e16, PLAIN, '1.50e+16'],
    [3, { kind: 'number', unit: 'currency' }, '3.00'],
    [1e308, PERCENT, '–'],
    [undefined, TURNS, '–'],
  ] as const)('writes %s as %j: %s', (value, style, text) => {
    expect(plain(formatValue(value, style))).toBe(text)
  })

  it('gives differences a sign, unless they are nothing', () => {
    expect(plain(formatDifference(0.031, PERCENT))).toBe('+3.10 %')
    expect(plain(formatDifference(-0.031, POINTS))).toBe('−3.10 pp')
    expect(formatDifference(0)).toBe('0')
    expect(formatDifference(null)).toBe('–')
    expect(plain(formatPercent(0.5))).toBe('50.0 %')
    expect([0.984, 0.5, 0.9999, 1, 0].map(formatChance).map(plain)).toEqual([
      '98.4 %',
      '50.0 %',
      '> 99.9 %',
      '> 99.9 %',
      '< 0.1 %',
    ])
    expect(formatChance(null)).toBe('–')
  })

  it.each([
    [0.012, 0.05, PERCENT, '[1.2, 5.0] %'],
    [1.2345, 4.9876, PLAIN, '[1.2, 5.0]'],
    [-30, 35, PLAIN, '[−30, 35]'],
    [0, 0, PLAIN, '[0, 0]'],
    [2, 2, PLAIN, '[2.0, 2.0]'],
    [1e-5, 1e-5, PLAIN, '[0.000010, 0.000010]'],
    [null, 3, PLAIN, '–'],
    [-1e20, 1e20, PLAIN, '[−1.00e+20, 1.00e+20]'],
    [-1e308, 1e308, PLAIN, '[−1.00e+308, 1.00e+308]'],
  ] as const)('writes the interval from %s to %s as %j: %s', (low, high, style, text) => {
    expect(plain(formatInterval(low, high, style))).toBe(text)
  })

  it('does not let a bound read as zero that is not, when three more decimals show it', () => {
    expect(formatInterval(0.02, 4)).toBe('[0.02, 4.00]')
    expect(formatInterval(-4, -0.0003)).toBe('[−4.0000, −0.0003]')
    expect(formatInterval(0.0000001, 4)).toBe('[0.0000, 4.0000]')
  })

  it('writes an effect with the decimals that its interval has', () => {
    const effect = { estimate: 0.031, low: 0.012, high: 0.05 }
    expect(plain(formatEstimate(effect, PERCENT))).toBe('+3.1 % [1.2, 5.0]')
    expect(plain(formatEstimate({ ...effect, low: null }, PERCENT))).toBe('+3.10 %')
    expect(formatEstimate({ estimate: Number.NaN, low: 1, high: 2 })).toBe('–')
  })

  it.each([
    [0.02, 0.01, PERCENT, '2 %'],
    [0.025, 0.005, PERCENT, '2.5 %'],
    [-2, 2, POINTS, '−200 pp'],
    [0.30000000000000004, 0.1, PLAIN, '0.3'],
    [250_000, 50_000, PLAIN, '250 k'],
    [-1e-17, 0.5, PLAIN, '0.0'],
    [3e-12, 1e-12, PLAIN, '3.0e−12'],
    [null, 1, PLAIN, '–'],
  ] as const)('marks %s on an axis of steps of %s as %j: %s', (value, step, style, text) => {
    expect(plain(formatOnAxis(value, step, style))).toBe(text)
  })

  it.each([
    [0, 'p < 0.0001'],
    [0.00012, 'p = 0.00012'],
    [0.0123, 'p = 0.012'],
    [0.0997, 'p = 0.10'],
    [0.5, 'p = 0.50'],
    [null, '–'],
  ])('writes the p-value %s as %s', (p, text) => {
    expect(formatPValue(p)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1234, '1.23 kB'],
    [999_999, '1.00 MB'],
    [117e6, '117 MB'],
    [5e15, '5,000 TB'],
    [null, '–'],
  ])('writes %s bytes as %s', (bytes, text) => {
    expect(plain(formatBytes(bytes))).toBe(text)
  })

  it('knows how the values of a metric are written', () => {
    expect(styleOfMetric({ kind: 'retention' })).toEqual(PERCENT)
    expect(styleOfMetric({ kind: 'mean', unitOfMeasure: 'turns' })).toEqual(TURNS)
    expect(styleOfMetric({ kind: 'count' })).toEqual(PLAIN)
    expect(styleOfDifference(PERCENT)).toEqual(POINTS)
    expect(styleOfDifference(TURNS)).toEqual(TURNS)
  })

  it('writes any number without words that only programs know', () => {
    const styles = [PLAIN, PERCENT, POINTS, TURNS]
    fc.assert(
      fc.property(fc.double(), fc.double(), fc.double(), fc.constantFrom(...styles), (a, b, c, style) => {
        const texts = [
          formatCount(a),
          formatValue(a, style),
          formatDifference(a, style),
          formatInterval(Math.min(a, b), Math.max(a, b), style),
          formatEstimate({ estimate: a, low: b, high: c }, style),
          formatOnAxis(a, b, style),
          formatPValue(a),
          formatBytes(a),
        ]
        for (const text of texts) expect(text).not.toMatch(/NaN|Infinity|undefined|null|-|^$/)
      }),
      { seed: 11, numRuns: 500 },
    )
  })
})
