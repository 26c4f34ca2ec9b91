import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDecimal, plainDecimal } from './decimal.ts'

function plain(text: string): number {
  const bytes = new TextEncoder().encode(`,${text},`)
  return plainDecimal(bytes, 1, bytes.length - 1)
}

describe('plainDecimal', () => {
  it('rounds as the language does, to the last bit', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 15 })
    fc.assert(
      fc.property(fc.constantFrom('', '-', '+'), digits, digits, fc.boolean(), (sign, whole, part, point) => {
        const text = sign + whole.slice(0, 15 - part.length) + (point ? '.' : '') + part
        const expected = /\d/.test(text) ? Number(text) : Number.NaN
        expect(plain(text)).toBe(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves everything else to be decided slowly', () => {
    for (const text of [
      '',
      '-',
      '.',
      '1e5',
      '1,5',
      '0x10',
      '1 2',
      '1.2.3',
      '1234567890123456',
      'NaN',
      '--1',
    ]) {
      expect(plain(text)).toBeNaN()
    }
  })
})

describe('anyDecimal', () => {
  it('takes every decimal notation and nothing else', () => {
    expect(['1e5', '-1.5E-3', '+.5', '7.', '1e999'].map(anyDecimal)).toEqual([
      1e5,
      -0.0015,
      0.5,
      7,
      Number.POSITIVE_INFINITY,
    ])
    for (const text of ['', '0x10', 'Infinity', '1e', '1_000', '12a', ' 1'])
      expect(anyDecimal(text)).toBeNaN()
  })
})
