import { describe, expect, it } from 'vitest'
import { experimentFixture, versionsFixture } from '../../../testing/experiment-fixture.ts'
import { changesBetween } from './changes.ts'

const present = experimentFixture(0)

function changes(to: Parameters<typeof experimentFixture>[1]) {
  return changesBetween(present, experimentFixture(0, to)).map(({ field, before, after }) =>
    [field, before, after].map((text) => text.replaceAll('\u202f', ' ')),
  )
}

describe('what changed between two versions', () => {
  it('is nothing between equal ones, whatever their version and times', () => {
    expect(changes({ version: 9, updatedAt: 99, status: 'paused' })).toEqual([])
  })

  it('is told in words', () => {
    expect(
      changes({
        coverage: 1,
        sticky: false,
        allocation: { kind: 'equal' },
        audience: { attribute: 'plan', operator: 'exists', value: true },
        tags: [],
        shipped: 'warm',
      }),
    ).toEqual([
      ['Tags', 'simulated, bot', 'none'],
      ['Allocation', 'weights calm 2, warm 1, playful 1', 'equal shares'],
      ['Coverage', '80 %', '100 %'],
      ['Audience', 'country is one of “DE”, “AT”, “PT” and not (plan is “enterprise”)', 'plan is known'],
      ['Sticky', 'yes', 'no'],
      ['Ships', 'none', 'Warm'],
    ])
  })

  it('names the settings of the analysis, as they are told elsewhere', () => {
    const analysis = {
      ...present.analysis,
      method: 'group-sequential',
      looks: 3,
      correction: 'benjamini-hochberg',
      varianceReduction: 'none',
      guardrailMargin: 0.02,
      minimumDurationDays: 14,
    } as const
    expect(changes({ analysis })).toEqual([
      ['Method', 'Always valid: look whenever you like', 'Group sequential: a few planned looks'],
      ['Looks', '5 looks', '3 looks'],
      ['Correction', 'Holm', 'Benjamini–Hochberg'],
      ['Variance reduction', 'CUPED where a metric has a covariate', 'none'],
      ['Guardrail margin', '5 %', '2 %'],
      ['Minimum duration', '7 days', '14 days'],
    ])
  })

  it('names variants that came, went or were rewritten', () => {
    const [calm, warm] = present.variants
    if (calm === undefined || warm === undefined) throw new Error('the fixture has variants')
    const cold = { key: 'cold', name: 'Cold', payload: null }
    expect(changes({ variants: [calm, { ...warm, payload: 'x'.repeat(1000) }, cold] })).toEqual([
      ['Variant warm', expect.stringMatching(/^Warm: \{/), expect.stringMatching(/^Warm: "x{300,}.*…$/)],
      ['Variant playful', expect.stringMatching(/^Playful: /), 'none'],
      ['Variant cold', 'none', 'Cold: null'],
    ])
  })

  it('follows a series of versions', () => {
    const [first, second, third, fourth] = versionsFixture(0)
    if (!(first && second && third && fourth)) throw new Error('the fixture has four versions')
    expect(changesBetween(first, second).map(({ field }) => field)).toEqual([
      'Hypothesis',
      'Allocation',
      'Coverage',
    ])
    expect(changesBetween(second, third)).toEqual([])
    expect(changesBetween(third, fourth).map(({ field }) => field)).toEqual(['Coverage'])
  })
})
