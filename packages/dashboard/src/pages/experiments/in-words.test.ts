import type { ExperimentSummary } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { summaryFixture } from '../../testing/summaries-fixture.ts'
import { ageInWords } from './age-in-words.ts'
import { leadingInWords } from './leading-in-words.ts'

const NOW = Date.UTC(2026, 0, 20)
const HOUR = 3_600_000
const INTERVAL = { estimate: 0.031, low: 0.012, high: 0.05 }
const LEADING: NonNullable<ExperimentSummary['leading']> = {
  metric: 'revenue',
  direction: 'increase',
  variant: 'warm',
  variantName: 'Warm',
  method: 'Welch’s t',
  absolute: INTERVAL,
  relative: INTERVAL,
  pValueAdjusted: 0.001,
  isSignificant: true,
}
const METRIC = { key: 'revenue', name: 'Revenue', kind: 'mean', unitOfMeasure: 's' } as never

describe('the leading effect in words', () => {
  it('is relative where that exists, with metric and method', () => {
    expect(leadingInWords(LEADING, METRIC)).toMatchObject({
      variant: 'Warm',
      metric: 'Revenue',
      verdict: 'better',
      effect: expect.stringMatching(/^\+3\.1\s% \[1\.2, 5\.0\]$/u),
      method: expect.stringContaining('Welch’s t'),
    })
  })

  it('is absolute, in the unit of the metric, where there is no relative one', () => {
    const words = leadingInWords({ ...LEADING, relative: null }, METRIC)
    expect(words?.effect).toMatch(/^\+0\.031\ss \[0\.012, 0\.050\]$/u)
  })

  it.each([
    ['increase', 1, true, 'better'],
    ['increase', -1, true, 'worse'],
    ['decrease', -1, true, 'better'],
    ['decrease', 1, true, 'worse'],
    ['increase', 1, false, 'not decided'],
  ] as const)(
    'judges by direction %s, sign %d, significance %s: %s',
    (direction, sign, isSignificant, verdict) => {
      const absolute = { estimate: sign, low: sign - 1, high: sign + 1 }
      expect(leadingInWords({ ...LEADING, direction, absolute, isSignificant }, undefined)?.verdict).toBe(
        verdict,
      )
    },
  )

  it('is nothing while there is none, and survives numbers that do not exist', () => {
    expect(leadingInWords(undefined, METRIC)).toBeUndefined()
    const broken = { estimate: null, low: null, high: null } as never
    expect(leadingInWords({ ...LEADING, absolute: broken, relative: null }, undefined)).toMatchObject({
      metric: 'revenue',
      effect: '–',
    })
  })
})

describe('the age of an experiment', () => {
  const summary = { ...summaryFixture(0, NOW), createdAt: NOW - 5 * HOUR, startedAt: NOW - 3 * HOUR }
  const { startedAt: _, ...draft } = summary

  it('is told from its last great step', () => {
    expect(ageInWords(summary, NOW)).toBe('started 3 hours ago')
    expect(ageInWords({ ...summary, endedAt: NOW - HOUR }, NOW)).toBe('ended 1 hour ago')
    expect(ageInWords({ ...draft, status: 'draft' }, NOW)).toBe('created 5 hours ago')
    expect(ageInWords({ ...draft, status: 'cancelled', endedAt: NOW - HOUR }, NOW)).toBe(
      'cancelled 1 hour ago',
    )
  })
})
