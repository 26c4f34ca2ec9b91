import { PERCENT } from '@helios/charts/format'
import type { VariantComparison } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { effectInWords } from './effect-in-words.ts'

const COMPARISON: Extract<VariantComparison, { readonly status: 'ok' }> = {
  status: 'ok',
  method: 'two-proportion z, unpooled',
  inference: 'fixed-horizon',
  absolute: { estimate: 0.006, low: 0.002, high: 0.01 },
  relative: { status: 'ok', method: 'delta method on the log', estimate: 0.031, low: 0.012, high: 0.05 },
  standardError: 0.002,
  statistic: 3.2,
  pValue: 0.0012,
  log10PValue: -2.92,
  pValueAdjusted: 0.0036,
  alpha: 0.05,
  assumptions: ['units are independent', 'each cell counts at least 10'],
}
const QUESTION = { comparison: COMPARISON, direction: 'increase', scale: 'relative' } as const

function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ')
}

describe('an effect in words', () => {
  it('has the estimate with its interval, and what it means', () => {
    const { reading, text } = effectInWords(QUESTION)
    expect([reading, plain(text)]).toEqual(['better', '+3.1 % [1.2, 5.0]'])
    expect(effectInWords({ ...QUESTION, direction: 'decrease' }).reading).toBe('worse')
  })

  it('is decided by the adjusted p-value', () => {
    const comparison = { ...COMPARISON, pValueAdjusted: 0.06 }
    expect(effectInWords({ ...QUESTION, comparison }).reading).toBe('undecided')
  })

  it('tells method, level, both p-values and assumptions', () => {
    expect(effectInWords({ ...QUESTION, comparisons: 3 }).lines.map(plain)).toEqual([
      'Difference from control +3.1 % [1.2, 5.0], a 95 % interval, relative to the control.',
      'Method: two-proportion z, unpooled; delta method on the log. Fixed horizon: look once.',
      'P = 0.0036, adjusted by Holm for 3 comparisons; p = 0.0012 by itself.',
      'Holds if: units are independent; each cell counts at least 10.',
    ])
  })

  it('writes differences of shares in percentage points', () => {
    const { text, lines } = effectInWords({ ...QUESTION, scale: 'absolute', style: PERCENT })
    expect(plain(text)).toBe('+0.60 pp [0.20, 1.00]')
    expect(lines[1]).toBe('Method: two-proportion z, unpooled. Fixed horizon: look once.')
  })

  it('says why there is nothing', () => {
    const missing = {
      status: 'not-computable',
      reason: 'baseline-zero',
      message: 'The control is zero.',
    } as const
    for (const comparison of [missing, { ...COMPARISON, relative: missing }]) {
      expect(effectInWords({ ...QUESTION, comparison })).toEqual({
        reading: 'undecided',
        text: '–',
        lines: ['The control is zero.'],
      })
    }
  })

  it('takes null where the type says number', () => {
    const nothing = null as unknown as number
    const interval = { estimate: nothing, low: nothing, high: nothing }
    const comparison = { ...COMPARISON, absolute: interval, pValue: nothing, pValueAdjusted: nothing }
    expect(effectInWords({ ...QUESTION, comparison, scale: 'absolute' }).text).toBe('–')
    const { reading, lines } = effectInWords({ ...QUESTION, comparison })
    expect(reading).toBe('undecided')
    expect(lines.join(' ')).not.toMatch(/null|NaN/)
  })
})
