import type { HealthCheck } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { healthInWords, partsInWords } from './health-words.ts'

const part = (check: string, score: number) => ({ check: check as HealthCheck, score, message: `${check}.` })

describe('health in words', () => {
  it('puts the worst first, in colour and in words', () => {
    const parts = [
      part('crossover', 1),
      part('sample-ratio', 0),
      part('duration', 0.86),
      part('validity', 0.95),
    ]
    expect(partsInWords({ parts }).map(({ title, tone, word }) => [title, tone, word])).toEqual([
      ['Units per variant', 'bad', 'Failed'],
      ['Duration', 'attention', 'Keep in mind'],
      ['Method fits the data', 'good', 'Fine'],
      ['One variant per unit', 'good', 'Fine'],
    ])
  })

  it('tells checks that it does not know by their own name', () => {
    expect(partsInWords({ parts: [part('late-outcomes', 0.7)] })).toMatchObject([
      { title: 'Late outcomes', tone: 'attention', message: 'late-outcomes.' },
    ])
    expect(partsInWords({ parts: [part('constructor', 1)] })[0]?.title).toBe('Constructor')
  })

  it('takes a score that is no number for the worst', () => {
    expect(partsInWords({ parts: [part('novelty', null as unknown as number)] })).toMatchObject([
      { tone: 'bad', word: 'Weak', score: 0 },
    ])
    expect(healthInWords({ score: Number.NaN }).tone).toBe('bad')
  })

  it('says whether to act on the numbers', () => {
    expect(healthInWords({ score: 0 }).text).toContain('do not act')
    expect([1, 0.8, 0.79, 0.5, 0.49, 0].map((score) => healthInWords({ score }).tone)).toEqual([
      'good',
      'good',
      'attention',
      'attention',
      'bad',
      'bad',
    ])
  })
})
