import { describe, expect, it } from 'vitest'
import {
  analysisFixture,
  experimentFixture,
  refusedAnalysisFixture,
} from '../../../testing/experiment-fixture.ts'
import { actionsOf, cautionsOfShipping, consequencesOf } from './consequences.ts'

const experiment = experimentFixture(0)
const draft = experimentFixture(0, { status: 'draft' })
const UNITS = { calm: 6021, warm: 3004, playful: 2987 }

function plain(sentences: readonly string[]): string {
  return sentences
    .join(' ')
    .replaceAll(/[\u2068\u2069]/g, '')
    .replaceAll('\u202f', ' ')
}

function words(...of: Parameters<typeof consequencesOf>): string {
  return plain(consequencesOf(...of).sentences)
}

describe('what a step does', () => {
  it('offers the steps that the status allows', () => {
    expect(actionsOf('draft')).toEqual(['start', 'cancel'])
    expect(actionsOf('paused')).toEqual(['resume', 'complete', 'cancel'])
    expect(actionsOf('completed')).toEqual([])
  })

  it('start: who is assigned, and what is fixed from then on', () => {
    expect(words('start', draft, undefined)).toBe(
      'From now on about 80 % of the users in its audience are assigned: Calm 50 %, Warm 25 % and Playful 25 %. Variants, unit, layer and holdout cannot be changed afterwards.',
    )
  })

  it('start: a layer and a holdout leave fewer', () => {
    const shared = experimentFixture(0, {
      coverage: 0.5,
      layer: { key: 'home', share: 0.5 },
      holdout: { key: 'all', share: 0.2 },
    })
    expect(words('start', shared, undefined)).toContain('about 20 % of')
  })

  it('start: speaks against a draft without a primary metric, and one that nobody takes part in', () => {
    const empty = experimentFixture(0, {
      status: 'draft',
      coverage: 0,
      metrics: { primary: [], secondary: [], guardrails: [] },
    })
    expect(consequencesOf('start', draft, undefined).cautions).toEqual([])
    expect(consequencesOf('start', empty, undefined).cautions).toHaveLength(2)
  })

  it('pause: counts those who will see something else', () => {
    expect(words('pause', experiment, UNITS)).toContain('5,991 users in other variants will see Calm.')
    expect(words('pause', experiment, undefined)).not.toContain('in other variants')
  })

  it('cancel: a draft loses nothing, a running one ends for everyone', () => {
    expect(words('cancel', draft, undefined)).toContain('without having run')
    expect(words('cancel', experiment, UNITS)).toContain('What was recorded of 12,012 users stays readable.')
  })

  it('names only the first of many variants', () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ key: `v${i}`, name: `V${i}`, payload: null }))
    const text = words('start', experimentFixture(0, { variants: many, slots: [] }), undefined)
    expect(text).toContain('and 994 more variants.')
  })
})

describe('what speaks against shipping', () => {
  const against = (variant: string, analysis = analysisFixture()) =>
    plain(cautionsOfShipping(variant, experiment, analysis, new Map()))

  it('nothing, for a variant that is better and hurts no guardrail', () => {
    expect(against('warm')).toBe('')
    expect(against('calm')).toBe('')
  })

  it('a guardrail that got worse, and that nothing was gained for it', () => {
    expect(against('playful')).toBe(
      'Playful is worse on response_time: +5.8 % [3.8, 7.8]. Playful is not shown to be better on a primary metric: its difference may be chance.',
    )
  })

  it('a difference that may be chance', () => {
    const { metrics } = analysisFixture()
    const { response_time: _, ...others } = metrics
    expect(against('playful', analysisFixture({ metrics: others }))).toContain('may be chance')
  })

  it('a refused analysis, whatever is shipped', () => {
    expect(against('warm', refusedAnalysisFixture())).toContain('The analysis is refused')
    expect(against('calm', refusedAnalysisFixture())).toContain('The analysis is refused')
  })

  it('what the analysis waits for', () => {
    const stopping = {
      ...analysisFixture().stopping,
      waitingFor: ['the minimum duration (6 days of 7 days)'],
    }
    expect(against('warm', analysisFixture({ stopping }))).toBe(
      'It is early: the analysis waits for the minimum duration (6 days of 7 days).',
    )
  })

  it('too few units', () => {
    const message = 'The smallest variant has 9 of the 2000 units it was planned to have: preliminary.'
    expect(against('warm', analysisFixture({ warnings: [{ code: 'below-minimum-sample', message }] }))).toBe(
      message,
    )
  })
})
