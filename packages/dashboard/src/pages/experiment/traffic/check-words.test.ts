import { describe, expect, it } from 'vitest'
import { analysisFixture, refusedAnalysisFixture } from '../../../testing/experiment-fixture.ts'
import { crossoverInWords, sampleRatioInWords, stratumInWords } from './check-words.ts'

const SETTINGS = { alpha: 0.05, sampleRatioAlpha: 0.001, crossoverShare: 0.01 }
const { sampleRatio } = analysisFixture()

describe('checks of traffic in words', () => {
  it.each([
    [0.83, 'good'],
    [0.01, 'good'],
    [0.0099, 'attention'],
    [0.001, 'attention'],
    [0.0009, 'bad'],
    [Number.NaN, 'none'],
  ] as const)('units with p = %d are %s', (pValue, level) => {
    expect(sampleRatioInWords({ ...sampleRatio, pValue }, SETTINGS).level).toBe(level)
  })

  it('says how rare a mismatch is, without more digits than anybody needs', () => {
    const rarity = (pValue: number) =>
      sampleRatioInWords({ ...sampleRatio, pValue }, SETTINGS).explanation.match(/fewer than (.*) \(/)?.[1]
    expect(rarity(0.0009)).toBe('one of 1,000 experiments')
    expect(rarity(0.00002)).toBe('one of 10,000 experiments')
    expect(rarity(refusedAnalysisFixture().sampleRatio.pValue)).toBe('one of a million experiments')
    expect(rarity(0)).toBe('one of a million experiments')
  })

  it('judges days', () => {
    const [day] = sampleRatio.strata ?? []
    if (day === undefined) throw new Error('the fixture has days')
    expect(stratumInWords(day, SETTINGS).headline).toBe('The shares are the same for every day')
    expect(stratumInWords({ ...day, pValue: 1e-5 }, SETTINGS)).toMatchObject({
      level: 'attention',
      headline: 'The shares differ by day',
    })
  })

  it('judges crossover by the limit of the experiment', () => {
    const level = (share: number) => crossoverInWords({ crossover: { units: 9, share } }, SETTINGS).level
    expect([level(0), level(0.01), level(0.011)]).toEqual(['good', 'good', 'bad'])
  })
})
