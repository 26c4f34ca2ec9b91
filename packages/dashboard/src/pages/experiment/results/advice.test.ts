import type { Recommendation } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { analysisFixture, experimentFixture } from '../../../testing/experiment-fixture.ts'
import { adviceOf, namesFor, stoppingLines } from './advice.ts'

const experiment = experimentFixture(0)
const catalogue = new Map()
const rating = { key: 'satisfaction_rating', name: 'Satisfaction' } as never

function plain(text: string): string {
  return text.replaceAll(/[\u2068\u2069]/g, '').replaceAll('\u202f', ' ')
}

function advice(recommendation: Partial<Recommendation>) {
  const recommendations = [{ code: 'continue', message: '', evidence: [], ...recommendation } as const]
  const [first] = adviceOf({ recommendations }, experiment, catalogue)
  if (first === undefined) throw new Error('one recommendation is given')
  return { ...first, headline: plain(first.headline) }
}

describe('advice', () => {
  it('has the name of the variant in its headline, and the reason once', () => {
    const { headline, reason } = advice({
      code: 'deploy',
      variant: 'warm',
      message: 'Deploy warm: +5 % on purchase, guardrails hold.',
    })
    expect([headline, reason]).toEqual(['Deploy Warm', '+5 % on purchase, guardrails hold.'])
    expect(
      advice({ code: 'keep-control', variant: 'calm', message: 'Keep the control, calm: nothing.' }),
    ).toMatchObject({ headline: 'Keep the control, Calm', reason: 'Nothing.' })
    expect(advice({ message: 'Continue: wait.' })).toMatchObject({ headline: 'Continue', reason: 'Wait.' })
  })

  it('knows when it was followed', () => {
    const recommendations = [{ code: 'deploy', variant: 'warm', message: 'm', evidence: [] }] as const
    const isDone = (shipped?: string) =>
      adviceOf(
        { recommendations },
        experimentFixture(0, shipped === undefined ? {} : { shipped }),
        catalogue,
      )[0]?.isDone
    expect([isDone(), isDone('calm'), isDone('warm')]).toEqual([false, false, true])
  })

  it('keeps messages of another form as they came, and codes that it does not know', () => {
    expect(advice({ code: 'new-idea' as 'decide', message: 'Try it.' })).toMatchObject({
      headline: 'New idea',
      reason: 'Try it.',
    })
  })

  it('comes in the order in which it was given', () => {
    const recommendations = [
      { code: 'stop-variant', variant: 'playful', message: 'm', evidence: [] },
      { code: 'continue', message: 'm', evidence: ['e'] },
    ] as const
    const codes = adviceOf({ recommendations }, experiment, catalogue).map(({ code }) => code)
    expect(codes).toEqual(['stop-variant', 'continue'])
  })
})

describe('names in sentences', () => {
  const say = namesFor(
    experimentFixture(0, {
      variants: [
        { key: 'a', name: 'Variant A', payload: null },
        { key: 'v1.2', name: 'Second', payload: null },
      ],
    }),
    new Map([['satisfaction_rating', rating]]),
  )

  it('replace keys that are no words', () => {
    expect(plain(say('v1.2 is better on satisfaction_rating: +5 %, then satisfaction_rating.'))).toBe(
      'Second is better on Satisfaction: +5 %, then Satisfaction.',
    )
  })

  it('replace the variant that a sentence begins with, and the metric that it is on', () => {
    const named = namesFor(experiment, new Map([['response_time', { name: 'Time' } as never]]))
    expect(plain(named('warm is better on purchase: the guardrail response_time is unclear.'))).toBe(
      'Warm is better on purchase: the guardrail Time is unclear.',
    )
    const word = namesFor(
      experimentFixture(0, { metrics: { primary: ['converted'], guardrails: [], secondary: [] } }),
      new Map([['converted', { name: 'Bought' } as never]]),
    )
    expect(plain(word('+5 % on converted, though some converted.'))).toBe(
      '+5 % on Bought, though some converted.',
    )
  })

  it('leave words, numbers and unknown keys alone', () => {
    const sentence = 'There is a chance of 4e−15 that a is on other_key (95.0).'
    expect(say(sentence)).toBe(sentence)
  })
})

describe('whether to stop', () => {
  const { stopping } = analysisFixture()
  const lines = (changes: Partial<typeof stopping>, said: readonly string[] = [], of = experiment) =>
    stoppingLines({ ...stopping, reasons: [], ...changes }, of, catalogue, said).map(
      ({ kind, text }) => `${kind}: ${plain(text)}`,
    )

  it('says what is waited for', () => {
    expect(lines({ waitingFor: ['the minimum duration (6 days of 7 days)', 'the planned sample'] })).toEqual([
      'waiting: Waiting for the minimum duration (6 days of 7 days) and the planned sample.',
    ])
  })

  it('names variants that may stop alone, unless all may', () => {
    expect(lines({ variants: ['playful'] })).toEqual([
      'variants: May be stopped alone while the others go on: Playful.',
    ])
    expect(lines({ variants: ['playful'], shouldStop: true })).toEqual([
      'stop: It may stop: every variant is decided.',
    ])
    const overdue = { code: 'maximum-duration', message: 'It has run 22 days of at most 21 days.' } as const
    expect(lines({ reasons: [overdue], shouldStop: true })).toEqual([
      'stop: It may stop: its longest duration is over.',
      'reason: It has run 22 days of at most 21 days.',
    ])
  })

  it('does not say a reason twice', () => {
    const reasons = [{ code: 'harmful', message: 'playful is worse on purchase.' }] as const
    expect(lines({ reasons })).toEqual(['reason: Playful is worse on purchase.'])
    expect(
      lines({ reasons, variants: ['playful'] }, ['\u2068Playful\u2069 is worse on purchase.']),
    ).toHaveLength(1)
  })

  it('says nothing where nothing speaks for stopping, nor once it has ended', () => {
    expect(lines({})).toEqual([])
    const ended = experimentFixture(0, { status: 'completed' })
    expect(lines({ shouldStop: true }, [], ended)).toEqual([])
  })
})
