import { describe, expect, it } from 'vitest'
import { DEFAULT_ANALYSIS_SETTINGS } from './experiment.ts'
import { plannedLook } from './planned-looks.ts'
import { repeatedPValue } from './statistics/sequential/group-sequential/repeated.ts'

const taken = (...fractions: number[]) =>
  fractions.map((informationFraction, i) => ({ at: i, informationFraction }))

describe('a planned look', () => {
  // R, gsDesign: gsDesign(k = 5, test.type = 2, sfu = sfLDOF, alpha = 0.025)
  it('has the boundary of alpha spending', () => {
    const boundaries = [1, 2, 3, 4, 5].map(
      (looks) =>
        plannedLook(DEFAULT_ANALYSIS_SETTINGS, taken(...[0.2, 0.4, 0.6, 0.8, 1].slice(0, looks))).boundary,
    )
    const expected = [4.876885, 3.357012, 2.68028, 2.289817, 2.031032]
    for (const [i, boundary] of boundaries.entries()) expect(boundary).toBeCloseTo(expected[i] ?? 0, 5)
  })

  it('has p at alpha on the boundary, and the exact repeated p-value elsewhere', () => {
    const look = plannedLook(DEFAULT_ANALYSIS_SETTINGS, taken(0.2, 0.4, 0.6))
    expect(look.pValueOf(look.boundary) / 0.05).toBeCloseTo(1, 12)
    for (const z of [1, 2, 2.5, 3.2, 4, 5, 6.5]) {
      const exact = repeatedPValue({
        information: [0.2, 0.4, 0.6],
        sides: 2,
        spending: { kind: 'obrien-fleming' },
        look: 2,
        z,
      })
      expect(look.pValueOf(z) / exact).toBeCloseTo(1, 4)
      expect(look.pValueOf(-z)).toBe(look.pValueOf(z))
    }
    expect(look.pValueOf(0)).toBe(1)
  })

  it('has a futility boundary before the end, and none at the end', () => {
    const half = plannedLook(DEFAULT_ANALYSIS_SETTINGS, taken(0.2, 0.4, 0.6, 0.8))
    expect(half.futilityBoundary).toBeGreaterThan(0)
    expect(half.futilityBoundary).toBeLessThan(half.boundary)
    expect(
      plannedLook(DEFAULT_ANALYSIS_SETTINGS, taken(0.2, 0.4, 0.6, 0.8, 1.03)).futilityBoundary,
    ).toBeUndefined()
  })

  it('takes looks that came late, or together', () => {
    const look = plannedLook(DEFAULT_ANALYSIS_SETTINGS, taken(0.33, 0.7, 1.2))
    expect(look).toMatchObject({ number: 3, of: 5, informationFraction: 1.2 })
    expect(look.boundary).toBeGreaterThan(1.96)
    expect(look.boundary).toBeLessThan(2.1)
  })
})
