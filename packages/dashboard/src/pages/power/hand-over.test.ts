import type { SolvedPower } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { EMPTY_DRAFT } from '../create/draft.ts'
import { costsOf, headlineOf } from './answer-words.ts'
import { draftWith } from './hand-over.ts'
import { EXAMPLE } from './power-draft.ts'

const ANSWER: SolvedPower = {
  status: 'answered',
  solvedFor: 'unitsPerVariant',
  unitsPerVariant: 14_751,
  controlUnits: 14_751,
  units: 29_502,
  minimumDetectableEffect: 0.1,
  effect: { relative: 0.1, absolute: 0.01 },
  power: 0.80001,
  baseline: 0.1,
  alphaPerComparison: 0.025,
  comparisons: 1,
  correction: 'bonferroni',
  controlRatio: 1,
  inflation: 1,
  expectedUnitsPerVariant: 14_751,
  designEffect: 1,
  duration: { days: 30, weeks: 5 },
  method: 'two proportions',
}

describe('a new experiment', () => {
  it('gets what was planned, and keeps what was typed', () => {
    const draft = draftWith({ ...EXAMPLE, method: 'always-valid' }, ANSWER, { ...EMPTY_DRAFT, name: 'Tone' })
    expect(draft).toMatchObject({
      name: 'Tone',
      minimumSample: 14_751,
      maximumDurationDays: 30,
      analysis: { method: 'always-valid' },
      size: { kind: 'proportion', baseline: 10, effectPercent: 10, powerPercent: 80, unitsPerDay: 1000 },
    })
    expect(draft.variants).toHaveLength(2)
  })

  it('has as many variants as were planned', () => {
    const { variants } = draftWith({ ...EXAMPLE, variants: 4 }, { ...ANSWER, comparisons: 3 })
    expect(new Set(variants.map(({ key }) => key)).size).toBe(4)
  })

  it('gets the size alone where the wizard does not know the kind', () => {
    const { size, minimumSample } = draftWith({ ...EXAMPLE, kind: 'count', baseline: 3 }, ANSWER)
    expect([size.kind, size.baseline, minimumSample]).toEqual(['proportion', '', 14_751])
  })
})

const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ')

describe('the answer in words', () => {
  it('says units, days and effect', () => {
    const { figure, unit, rest } = headlineOf(EXAMPLE, ANSWER)
    expect([figure, unit]).toEqual(['14,751', 'units per variant'])
    expect(plain(rest)).toBe(
      '29,502 in all, 30 days (better 5 whole weeks), to find +10 % (10 % to 11 %) with 80 % power.',
    )
  })

  it('says the effect, and the power', () => {
    const effect = headlineOf(EXAMPLE, { ...ANSWER, solvedFor: 'minimumDetectableEffect' })
    expect(plain(`${effect.figure} ${effect.unit} ${effect.rest}`)).toBe(
      '+10 % can be found (10 % to 11 %) with 14,751 units per variant, 29,502 in all, 30 days (better 5 whole weeks), and 80.0 % power.',
    )
    const power = headlineOf(EXAMPLE, { ...ANSWER, solvedFor: 'power' })
    expect(plain(`${power.figure} ${power.unit} ${power.rest}`)).toBe(
      '80.0 % power to find +10 % (10 % to 11 %) with 14,751 units per variant, 29,502 in all, 30 days (better 5 whole weeks).',
    )
  })

  it('says what looking and clusters cost', () => {
    expect(costsOf(ANSWER)).toEqual([])
    const [looking, clusters] = costsOf({
      ...ANSWER,
      inflation: 1.5,
      clustersPerVariant: 20,
      designEffect: 2,
    })
    expect(plain(looking ?? '')).toContain('50 % more units')
    expect(clusters).toContain('20 clusters')
  })
})
