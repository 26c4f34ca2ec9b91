import type { MetricAnalysis } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { analysisFixture, experimentFixture } from '../../../testing/experiment-fixture.ts'
import { careOf } from './care.ts'
import { factsOf, guardrailChips, methodNote, savedInWords } from './comparison-facts.ts'

const experiment = experimentFixture(0)
const analysis = analysisFixture()
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '').replaceAll('\u202f', ' ')

function metric(key: string): MetricAnalysis {
  const found = analysis.metrics[key]
  if (found === undefined) throw new Error(`the fixture has ${key}`)
  return found
}

function withLook(found: MetricAnalysis): MetricAnalysis {
  const look = { number: 3, of: 5, informationFraction: 0.6, at: 0, boundary: 2.67, futilityBoundary: 0.4 }
  const comparisons = Object.entries(found.comparisons).map(([variant, comparison]) => [
    variant,
    comparison.status === 'ok' ? { ...comparison, inference: 'group-sequential', look } : comparison,
  ])
  return { ...found, comparisons: Object.fromEntries(comparisons) }
}

describe('how a comparison was computed', () => {
  it('is told with what adjusting for the time before saved', () => {
    expect(factsOf(metric('satisfaction_rating'), experiment).map(plain)).toEqual([
      'Method: asymptotic confidence sequence.',
      'CUPED adjusts for what units did before the experiment (1 covariate). Variance saved: 38.0 % with Warm and 38.0 % with Playful; as many units fewer are needed.',
    ])
    expect(plain(savedInWords(metric('satisfaction_rating')) ?? '')).toBe('CUPED: 38 % less variance')
    expect(savedInWords(metric('response_time'))).toBeUndefined()
  })

  it('is told with its look, once for all variants', () => {
    const [, look, ...others] = factsOf(withLook(metric('conversation_length')), experiment)
    expect(plain(look ?? '')).toMatch(
      /^Look 3 of 5 was taken .* with 60\.0 % of the planned units: a difference is significant from \|z\| = 2\.67, and it is hopeless to go on below 0\.400\.$/,
    )
    expect(others).toEqual([])
  })

  it('has nothing to tell where nothing could be computed', () => {
    expect(factsOf(metric('retention_rate'), experiment)).toEqual([])
  })
})

describe('when a group of metrics may be read', () => {
  it('comes with the correction where several decide', () => {
    expect(methodNote(analysis, ['satisfaction_rating'])).toBe(
      'Always valid: look whenever you like; p\u2011values are adjusted by Holm for 2 comparisons.',
    )
    expect(methodNote(analysis, ['response_time'])).toBe('Always valid: look whenever you like.')
  })

  it('comes from the experiment where nothing could be computed, and from the look where there is one', () => {
    expect(methodNote(analysis, ['retention_rate'])).toBe('Always valid: look whenever you like.')
    const metrics = { response_time: withLook(metric('response_time')) }
    expect(methodNote({ ...analysis, metrics }, ['response_time'])).toBe('Group sequential: look 3 of 5.')
  })
})

describe('the verdict on a guardrail', () => {
  it('stands beside it, the gravest first', () => {
    const { chips, more } = guardrailChips(metric('response_time'), experiment)
    expect(chips.map(({ verdict, text }) => [verdict, plain(text)])).toEqual([
      ['harmed', 'Playful harmed (margin 5 %)'],
      ['holds', 'Warm holds (margin 5 %)'],
    ])
    expect(more).toBe(0)
    expect(guardrailChips(metric('satisfaction_rating'), experiment).chips).toEqual([])
  })

  it('is told with its test', () => {
    expect(factsOf(metric('response_time'), experiment).map(plain)).toContain(
      'Warm: holds, worse by less than 5 % beyond doubt (one-sided p < 0.0001 that it is worse by 5 % or more).',
    )
  })
})

describe('what to know before believing', () => {
  const doubtful = (score: number) => ({
    ...analysis,
    health: { score, parts: [{ check: 'plausibility', score, message: 'Too good to be true.' } as const] },
  })

  it('begins with Twyman’s law where an effect is too large', () => {
    expect(careOf(doubtful(0.4)).map(({ code }) => code)).toEqual(['implausible-effect'])
    expect(careOf(doubtful(1))).toEqual([])
  })

  it('does not say it twice', () => {
    const warnings = [{ code: 'implausible-effect', message: 'm' }] as const
    expect(careOf({ ...doubtful(0.4), warnings })).toEqual(warnings)
  })
})
