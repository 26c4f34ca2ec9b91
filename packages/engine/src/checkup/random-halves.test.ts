import { describe, expect, it } from 'vitest'
import { Random } from '../random.ts'
import { CrossMoments, type MomentsSummary } from '../statistics/moments/cross-moments.ts'
import { dividedHalves, REPLAYS_PER_BLOCK, replaySample } from './random-halves.ts'
import { normal } from './testing/built-totals.ts'

const random = new Random(31)
const numbers = (count: number) => Uint32Array.from({ length: count }, (_, i) => i * 3)

/** Units of the first half of a replay, from a value per unit by which the sum names its members. */
function membersOf(units: Uint32Array, seed: number, block: number, replay: number): number[] {
  const powers = Float64Array.from(units, (_, i) => 2 ** i)
  const [first] = dividedHalves(replaySample(units, [powers]), seed, block)[replay] ?? []
  const sum = Math.round((first?.mean[0] ?? Number.NaN) * (first?.units ?? Number.NaN))
  return [...units.keys()].filter((i) => Math.floor(sum / 2 ** i) % 2 === 1)
}

function expectClose(found: MomentsSummary, expected: MomentsSummary): void {
  expect(found.units).toBe(expected.units)
  for (const [i, mean] of expected.mean.entries()) expect(found.mean[i]).toBeCloseTo(mean, 9)
  for (const [i, row] of expected.covariance.entries())
    for (const [j, value] of row.entries()) expect(found.covariance[i]?.[j]).toBeCloseTo(value, 9)
}

describe('halves by chance', () => {
  it('have the statistics of their members, one and two components alike', () => {
    const units = numbers(24)
    const x = Float64Array.from(units, () => 5 + normal(random))
    const y = Float64Array.from(units, () => 2 + normal(random))
    for (const components of [[x], [x, y]]) {
      const found = dividedHalves(replaySample(units, components), 4, 1)
      for (const [replay, halves] of found.entries()) {
        const members = new Set(membersOf(units, 4, 1, replay))
        const moments = new CrossMoments(2, components.length)
        for (const i of units.keys())
          moments.add(
            members.has(i) ? 0 : 1,
            components.map((values) => values[i] as number),
            1,
          )
        for (const [group, half] of halves.entries()) expectClose(half, moments.summary(group))
      }
    }
  })

  it('are as large as coins fall, and differ from replay to replay, block to block and seed to seed', () => {
    const units = numbers(20_000)
    const sample = replaySample(units, [Float64Array.from(units)])
    const sizes = [1, 2].flatMap((seed) =>
      [0, 1].flatMap((block) => dividedHalves(sample, seed, block).map(([first]) => first.units)),
    )
    expect(sizes).toHaveLength(4 * REPLAYS_PER_BLOCK)
    expect(new Set(sizes).size).toBeGreaterThan(60)
    const chi = sizes.map((size) => (size - 10_000) ** 2 / 5000).reduce((sum, each) => sum + each, 0)
    // Chi-square with 128 degrees of freedom: 79 to 195 in all but 1 of 5000 seeds.
    expect(chi).toBeGreaterThan(79)
    expect(chi).toBeLessThan(195)
  })

  it('put a unit where its number says, whoever else is there', () => {
    const all = numbers(30)
    const odd = all.filter((_, i) => i % 2 === 1)
    for (const replay of [0, 17, 31]) {
      const among = membersOf(all, 9, 2, replay).map((i) => all[i] as number)
      const alone = membersOf(odd, 9, 2, replay).map((i) => odd[i] as number)
      expect(alone).toEqual(among.filter((unit) => odd.includes(unit)))
    }
  })

  it('lose nothing to a mean far from zero, and know what is constant', () => {
    const units = numbers(1000)
    const values = Float64Array.from(units, () => normal(random))
    const [near] = dividedHalves(replaySample(units, [values]), 1, 0)
    const [far] = dividedHalves(replaySample(units, [values.map((value) => value + 1e9)]), 1, 0)
    expect(far?.[0].covariance[0]?.[0]).toBeCloseTo(near?.[0].covariance[0]?.[0] ?? Number.NaN, 5)
    const same = replaySample(units, [new Float64Array(1000).fill(0.1), new Float64Array(1000).fill(0.3)])
    expect(same).toMatchObject({ isConstant: true, means: [0.1, 0.3] })
    expect(replaySample(units, [values]).isConstant).toBe(false)
    expect(replaySample(numbers(0), [new Float64Array(0)]).isConstant).toBe(false)
  })
})
