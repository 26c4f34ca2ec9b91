import type { Analysis, Experiment, MetricAnalysis } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import {
  analysisFixture,
  comparisonFixture,
  experimentFixture,
  refusedAnalysisFixture,
} from '../../../testing/experiment-fixture.ts'
import { verdictOf } from './verdict.ts'

const experiment = experimentFixture(0)
const ISOLATES = /[\u2068\u2069]/g

/** The verdict without the marks that isolate names, and with plain spaces. */
function read(analysis: Analysis, of: Experiment = experiment) {
  const { tone, headline, details } = verdictOf(analysis, of, new Map())
  const plain = (text: string) => text.replaceAll(ISOLATES, '').replaceAll('\u202f', ' ')
  return { tone, headline: plain(headline), details: details.map(plain) }
}

/** The fixture with other effects on the primary metric. */
function primary(effects: Readonly<Record<string, number>>, changes: Partial<MetricAnalysis> = {}) {
  const known = analysisFixture()
  const satisfaction = known.metrics['satisfaction_rating'] as MetricAnalysis
  const comparisons = Object.fromEntries(
    Object.entries(effects).map(([key, effect]) => [key, comparisonFixture(0.6, effect, 0.012)]),
  )
  return analysisFixture({
    metrics: { satisfaction_rating: { ...satisfaction, comparisons, ...changes } },
  })
}

describe('the verdict', () => {
  it('names the better variant, its effect and a guardrail that suffers', () => {
    expect(read(analysisFixture())).toEqual({
      tone: 'better',
      headline: 'Warm is better than Calm: satisfaction_rating +3.1 % [1.9, 4.3]',
      details: ['A guardrail got worse with Playful: response_time +5.8 % [3.8, 7.8].'],
    })
  })

  it('reads the sign by the direction of the metric', () => {
    const verdict = read(primary({ warm: 0.03 }, { direction: 'decrease' }))
    expect([verdict.tone, verdict.headline]).toEqual([
      'worse',
      'Warm is worse than Calm: satisfaction_rating +3.0 % [1.8, 4.2]',
    ])
  })

  it('stays undecided without a significant comparison, and says which is clearest', () => {
    const verdict = read(primary({ warm: 0.004, playful: -0.009 }))
    expect(verdict.tone).toBe('undecided')
    expect(verdict.headline).toBe('Not decided yet')
    expect(verdict.details[0]).toContain('satisfaction_rating of Playful differs by −0.9 % [−2.1, 0.3]')
  })

  it('does not say "yet" once the experiment has ended', () => {
    const ended = experimentFixture(0, { status: 'completed' })
    expect(read(primary({ warm: 0.004 }), ended).headline).toBe('Not decided')
  })

  it('tells of other variants, better and worse', () => {
    const verdict = read(primary({ warm: 0.05, playful: 0.03 }))
    expect(verdict.headline).toMatch(/^Warm is better/)
    expect(verdict.details).toEqual(['Playful (satisfaction_rating +3.0 % [1.8, 4.2]) is better too.'])
    expect(read(primary({ warm: 0.05, playful: -0.03 })).details).toEqual([
      'Playful is worse than Calm: satisfaction_rating −3.0 % [−4.2, −1.8].',
    ])
  })

  it('calls a variant mixed that is better on one primary metric and worse on another', () => {
    const two = experimentFixture(0, {
      metrics: { primary: ['a', 'b'], secondary: [], guardrails: [] },
    })
    const up = primary({ warm: 0.03 }).metrics['satisfaction_rating'] as MetricAnalysis
    const down = primary({ warm: -0.05 }).metrics['satisfaction_rating'] as MetricAnalysis
    const verdict = read(analysisFixture({ metrics: { a: up, b: down } }), two)
    expect(verdict.tone).toBe('undecided')
    expect(verdict.headline).toBe(
      'Mixed: Warm is better than Calm on a (+3.0 % [1.8, 4.2]) and worse on b (−5.0 % [−6.2, −3.8])',
    )
  })

  it('gives none where the analysis is refused, empty, or has nothing that decides', () => {
    const noPrimary = experimentFixture(0, {
      metrics: { primary: [], secondary: ['revenue'], guardrails: [] },
    })
    expect(read(refusedAnalysisFixture(true)).headline).toBe('No verdict: these numbers would mislead')
    expect(read(analysisFixture({ units: 0 })).headline).toBe('Nothing to compare yet')
    expect(read(analysisFixture(), noPrimary).headline).toBe('No verdict without a primary metric')
  })

  it('gives none before the end of a fixed horizon', () => {
    const waiting = { ...analysisFixture().stopping, waitingFor: ['the planned sample'] }
    const verdict = read(analysisFixture({ method: 'fixed-horizon', stopping: waiting }))
    expect([verdict.tone, verdict.headline]).toEqual([
      'nothing',
      'Not to be read yet: a fixed horizon is read once, at its end',
    ])
    expect(verdict.details[0]).toContain('It waits for the planned sample.')
    expect(read(analysisFixture({ method: 'fixed-horizon' })).tone).toBe('better')
    expect(read(analysisFixture({ stopping: waiting })).tone).toBe('better')
  })

  it('says why nothing could be computed', () => {
    const comparison = {
      status: 'not-computable',
      reason: 'zero-variance',
      message: 'All values are the same.',
    } as const
    const verdict = read(primary({}, { comparisons: { warm: comparison, playful: comparison } }))
    expect(verdict).toEqual({
      tone: 'nothing',
      headline: 'Too early: users are there, but no comparison yet',
      details: ['All values are the same.'],
    })
  })

  it('keeps names of variants from turning the sentence around', () => {
    const hebrew = experimentFixture(0, {
      variants: experiment.variants.map((variant) =>
        variant.key === 'warm' ? { ...variant, name: 'חם' } : variant,
      ),
    })
    expect(verdictOf(analysisFixture(), hebrew, new Map()).headline).toContain('\u2068חם\u2069 is better')
  })
})
