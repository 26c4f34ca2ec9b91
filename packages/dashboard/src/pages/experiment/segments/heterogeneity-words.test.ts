import { describe, expect, it } from 'vitest'
import { segmentsFixture } from '../../../testing/experiment-fixture.ts'
import { heterogeneityInWords } from './heterogeneity-words.ts'

const [language, device] = segmentsFixture('satisfaction_rating').dimensions
const plain = (text: string) => text.replaceAll(/[\u2068\u2069]/g, '').replaceAll('\u202f', ' ')

function read(...question: Parameters<typeof heterogeneityInWords>) {
  const { level, headline, explanation } = heterogeneityInWords(...question)
  return [level, plain(headline), plain(explanation)]
}

describe('the heterogeneity of an effect', () => {
  it('is told with its test where the effect differs', () => {
    expect(read(language?.heterogeneity['warm'], 'language', 0.05)).toEqual([
      'attention',
      'The effect differs by language',
      'What holds overall does not hold alike in each segment; look at them one by one (Cochran’s test over 5 segments, p = 0.018, I² = 66 %).',
    ])
  })

  it('is none where chance explains what differs, by the alpha of the analysis', () => {
    expect(read(device?.heterogeneity['warm'], 'device', 0.05)).toEqual([
      'good',
      'No sign that the effect differs by device',
      'What differs between segments is within chance (Cochran’s test over 2 segments, p = 0.58, I² = 0 %).',
    ])
    expect(read(language?.heterogeneity['warm'], 'language', 0.01)[0]).toBe('good')
  })

  it('is not known without two segments, or where a number is missing', () => {
    expect(read(undefined, 'device', 0.05)[0]).toBe('none')
    const broken = { segments: 1, statistic: 0, degreesOfFreedom: 0, pValue: Number.NaN, inconsistency: 0 }
    expect(read(broken, 'device', 0.05)[0]).toBe('none')
  })
})
