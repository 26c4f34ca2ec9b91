import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random } from '../../random.ts'
import { sampleRatioEvidence, sampleRatioSequence } from './sample-ratio-sequence.ts'

const relativeError = (actual: number, expected: number) => Math.abs(actual / expected - 1)
const THIRD = 1 / 3

describe('sampleRatioEvidence', () => {
  // mpmath; equal to the last of ssrm_test.sequential_bayes_factors
  it.each([
    [[500, 500], [0.5, 0.5], 10_000, -0.0476573626294248],
    [[5000, 5300], [0.5, 0.5], 10_000, 1.8629080984731303],
    [[333, 333, 334], [THIRD, THIRD, THIRD], 100, -2.4030456010134924],
    [[1_000_000, 1_005_000], [0.5, 0.5], 10_000, 3.5505638235612733],
    [[0, 20], [0.5, 0.5], 1, 11.78646318205152],
    [[52_000, 48_000], [0.5, 0.5], 100, 76.48528717345907],
  ] as const)('of %j', (counts, weights, concentration, expected) => {
    const { logBayesFactor } = sampleRatioEvidence(counts, weights, concentration)
    expect(relativeError(logBayesFactor, expected)).toBeLessThan(1e-12)
  })

  it('multiplies unit by unit by how much likelier the mixture takes the variant for', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(counts, fc.constantFrom(1, 50, 10_000), (before, concentration) => {
        const weights = [0.2, 0.3, 0.5]
        const units = before.reduce((sum, count) => sum + count, 0)
        const after = before.with(1, (before[1] as number) + 1)
        const step =
          sampleRatioEvidence(after, weights, concentration).logBayesFactor -
          sampleRatioEvidence(before, weights, concentration).logBayesFactor
        const predicted = (0.3 * concentration + (before[1] as number)) / (concentration + units)
        expect(step).toBeCloseTo(Math.log(predicted / 0.3), 9)
      }),
      { seed: 1 },
    )
  })

  it('takes weights up to a factor, and leaves out variants without weight', () => {
    const plain = sampleRatioEvidence([400, 600], [0.5, 0.5])
    expect(sampleRatioEvidence([400, 600], [3, 3])).toEqual(plain)
    expect(sampleRatioEvidence([400, 0, 600], [1, 0, 1])).toEqual(plain)
    expect(sampleRatioEvidence([400, 1, 600], [1, 0, 1])).toMatchObject({
      pValueNow: 0,
      log10PValueNow: Number.NEGATIVE_INFINITY,
    })
  })

  it('says nothing without units and NaN outside the domain', () => {
    expect(sampleRatioEvidence([0, 0], [1, 1])).toMatchObject({ logBayesFactor: 0, pValueNow: 1 })
    for (const [counts, weights, concentration] of [
      [[-1, 1], [1, 1], 10],
      [[1], [1, 1], 10],
      [[1, Number.NaN], [1, 1], 10],
      [[1, 1], [0, 0], 10],
      [[1, 1], [1, 1], 0],
    ] as const)
      expect(sampleRatioEvidence(counts, weights, concentration).pValueNow).toBeNaN()
  })
})

describe('sampleRatioSequence', () => {
  it('keeps the smallest p-value', () => {
    const looks = [
      [100, 100],
      [1000, 1400],
      [-1, 0],
      [9000, 9100],
    ]
    const sequence = sampleRatioSequence(looks, [1, 1])
    expect(sequence.map(({ pValue }) => pValue)).toEqual([
      1,
      sequence[1]?.pValueNow,
      sequence[1]?.pValueNow,
      sequence[1]?.pValueNow,
    ])
    expect(sequence[1]?.pValue).toBeLessThan(0.01)
  })

  // 1,000 runs: an error rate of at most 5 % leaves more than 5 % + 4 × 0.69 % in fewer than one of 30,000 such tests.
  it('errs at most as often as it may, looked at after every unit', () => {
    const random = new Random(8)
    let wrong = 0
    for (let run = 0; run < 1000; run++) {
      const counts = [0, 0]
      let least = 1
      for (let unit = 0; unit < 1000; unit++) {
        const variant = random.next() < 0.3 ? 0 : 1
        counts[variant] = (counts[variant] as number) + 1
        least = Math.min(least, sampleRatioEvidence(counts, [0.3, 0.7], 100).pValueNow)
      }
      if (least <= 0.05) wrong++
    }
    expect(wrong / 1000).toBeLessThan(0.0776)
  })
})
