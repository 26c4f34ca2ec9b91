import { describe, expect, it } from 'vitest'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { bytesOf, inputOf, LARGEST_BODY_BYTES, shareOf } from './input.ts'
import { withPasted } from './pasted-variants.ts'
import { problemsOf, sizeOfBody } from './problems.ts'

const draft = (fields: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, key: 'greeting', ...fields })

describe('the request that creates an experiment', () => {
  it('says only what was said', () => {
    expect(inputOf(draft({}))).toEqual({
      key: 'greeting',
      unit: 'user',
      variants: [{ key: 'control', control: true }, { key: 'treatment' }],
      metrics: { primary: [], secondary: [], guardrails: [] },
    })
  })

  it('says everything that was said', () => {
    const variants = [
      { id: 4, key: 'calm', name: ' Calm ', payload: { mode: 'text', text: 'Hello' }, weight: 1 },
      { id: 7, key: 'warm', name: '', payload: { mode: 'json', text: '{"a":1}' }, weight: 3 },
    ] as const
    const input = inputOf(
      draft({
        name: 'Greeting',
        variants,
        control: 7,
        isWeighted: true,
        coveragePercent: 12.5,
        layer: { isUsed: true, key: 'checkout', percent: 33.3 },
        sticky: true,
        dimensions: ['country'],
        minimumSample: 100,
        maximumDurationDays: 14,
        size: { ...EMPTY_DRAFT.size, alphaPercent: 1 },
      }),
    )
    expect(input).toMatchObject({
      name: 'Greeting',
      variants: [
        { key: 'calm', name: 'Calm', payload: 'Hello' },
        { key: 'warm', payload: { a: 1 }, control: true },
      ],
      allocation: { kind: 'weighted', weights: { calm: 1, warm: 3 } },
      coverage: 0.125,
      layer: { key: 'checkout', share: 0.333 },
      sticky: true,
      dimensions: ['country'],
      minimumSample: 100,
      maximumDurationDays: 14,
      analysis: { alpha: 0.01 },
    })
    const analysis = { ...EMPTY_DRAFT.analysis, method: 'group-sequential', looks: 3 } as const
    expect(inputOf(draft({ analysis }))).toMatchObject({ analysis: { method: 'group-sequential', looks: 3 } })
    expect(input).not.toHaveProperty('holdout')
  })

  it('sends factors instead of variants', () => {
    const levels = [
      { id: 0, key: 'calm', payload: { mode: 'text', text: '' } },
      { id: 1, key: 'warm', payload: { mode: 'text', text: 'Hi' } },
    ] as const
    const input = inputOf(draft({ design: 'factors', factors: [{ id: 0, key: 'tone', levels, control: 0 }] }))
    expect(input).toMatchObject({
      factors: [
        {
          key: 'tone',
          levels: [
            { key: 'calm', control: true },
            { key: 'warm', payload: 'Hi' },
          ],
        },
      ],
    })
    expect(input).not.toHaveProperty('variants')
  })

  it('turns percent into shares without dust', () => {
    expect([7, 29, 57, 14.3].map(shareOf)).toEqual([0.07, 0.29, 0.57, 0.143])
    expect(shareOf('')).toBeUndefined()
  })

  it('is measured in bytes as it travels, not in characters', () => {
    expect(bytesOf('ü')).toBe(4)
    const [control, treatment] = EMPTY_DRAFT.variants
    if (!control || !treatment) throw new Error('no variants')
    const text = 'ü'.repeat(LARGEST_BODY_BYTES / 2 + 1)
    const large = draft({ variants: [{ ...control, payload: { mode: 'text', text } }, treatment] })
    expect(sizeOfBody(large).isTooLarge).toBe(true)
    expect(sizeOfBody(draft({})).isTooLarge).toBe(false)
  })
})

describe('variants that are pasted', () => {
  it('are lines, or rows of a table, behind those that have a key', () => {
    const pasted = withPasted(draft({}), 'warm\tWarm\tGood to see you!\r\n\nplayful\n')
    expect(pasted.variants?.map(({ id, key, name, payload }) => [id, key, name, payload.text])).toEqual([
      [0, 'control', '', ''],
      [1, 'treatment', '', ''],
      [2, 'warm', 'Warm', 'Good to see you!'],
      [3, 'playful', '', ''],
    ])
    expect(pasted.control).toBe(0)
  })

  it('leave exactly one control when the control had no key', () => {
    const empty = EMPTY_DRAFT.variants.map((variant) => ({ ...variant, key: '' }))
    const pasted = withPasted(draft({ variants: empty }), 'a\nb')
    expect(pasted.variants?.map(({ key }) => key)).toEqual(['a', 'b'])
    expect(pasted.control).toBe(pasted.variants?.[0]?.id)
  })

  it('may be a thousand and no more', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => `variant-${i}`).join('\n')
    const problems = (count: number) => problemsOf(draft(withPasted(draft({}), lines(count))), new Set())
    expect(problems(998)).toEqual([])
    expect(problems(999)).toMatchObject([{ field: 'add-variant', message: expect.stringContaining('1001') }])
  })
})
