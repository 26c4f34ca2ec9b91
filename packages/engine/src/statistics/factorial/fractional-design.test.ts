import { describe, expect, it } from 'vitest'
import type { Cell } from './cells.ts'
import { aliasSets, fractionalEffects } from './fractional-analysis.ts'
import { type FractionalDesign, fractionalDesign, textOf, valueIn, type Word } from './fractional-design.ts'

function designOf(factors: number, ...generators: string[]): FractionalDesign {
  const design = fractionalDesign(factors, generators)
  if (!design) throw new Error('no design')
  return design
}

describe('fractionalDesign', () => {
  // Box, Hunter & Hunter 2005, table 6.22.
  it.each([
    { factors: 3, generators: ['C=AB'], resolution: 3, runs: 4, relation: ['ABC'] },
    { factors: 4, generators: ['D=ABC'], resolution: 4, runs: 8, relation: ['ABCD'] },
    { factors: 5, generators: ['E=ABCD'], resolution: 5, runs: 16, relation: ['ABCDE'] },
    { factors: 5, generators: ['D=AB', 'E=AC'], resolution: 3, runs: 8, relation: ['ABD', 'ACE', 'BCDE'] },
    {
      factors: 6,
      generators: ['E=ABC', 'F=BCD'],
      resolution: 4,
      runs: 16,
      relation: ['ABCE', 'ADEF', 'BCDF'],
    },
    { factors: 3, generators: ['C=-AB'], resolution: 3, runs: 4, relation: ['-ABC'] },
  ])('$generators of $factors factors', ({ factors, generators, resolution, runs, relation }) => {
    const design = designOf(factors, ...generators)
    expect(design.resolution).toBe(resolution)
    expect(design.runs).toHaveLength(runs)
    expect(design.definingRelation.map(textOf)).toEqual(relation)
  })

  it('balances every factor, and keeps each word constant', () => {
    const design = designOf(7, 'D=AB', 'E=AC', 'F=-BC', 'G=ABC')
    expect(design.definingRelation).toHaveLength(15)
    for (let factor = 0; factor < 7; factor++)
      expect(design.runs.filter((run) => run[factor] === 1)).toHaveLength(4)
    for (const word of design.definingRelation)
      for (const run of design.runs) expect(valueIn(word, run)).toBe(1)
  })

  it('is the full design without generators', () => {
    const design = designOf(3)
    expect(new Set(design.runs.map(String)).size).toBe(8)
    expect(design.definingRelation).toEqual([])
    expect(design.resolution).toBe(4)
  })

  it.each([
    [4, ['D=ABE']],
    [4, ['C=AB']],
    [5, ['D=AB', 'D=AC']],
    [5, ['D=AB', 'E=AB']],
    [4, ['D=AA']],
    [4, ['D=A']],
    [4, ['nonsense']],
    [2, ['A=BC', 'B=AC']],
    [40, ['D=ABC']],
    [3.5, ['C=AB']],
  ])('refuses %d factors with %j', (factors, generators) => {
    expect(fractionalDesign(factors, generators)).toBeUndefined()
  })
})

describe('aliasSets', () => {
  it('names what a fraction confounds', () => {
    const names = aliasSets(designOf(5, 'D=AB', 'E=AC'), 2).map(({ name }) => name)
    expect(names).toEqual(['A + BD + CE', 'B + AD', 'C + AE', 'D + AB', 'E + AC', 'BC + DE', 'BE + CD'])
  })

  it('has effects of one set rise and fall together, and each effect in one set', () => {
    const design = designOf(6, 'E=ABC', 'F=-BCD')
    const sets = aliasSets(design, 6)
    const all = sets.flatMap(({ effects }) => effects.map(({ factors }) => factors))
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(2 ** 6 - 4)
    for (const { effects } of sets) {
      const column = (word: Word) => design.runs.map((run) => valueIn(word, run)).join()
      expect(new Set(effects.map(column)).size).toBe(1)
    }
  })
})

describe('fractionalEffects', () => {
  const design = designOf(4, 'D=ABC')
  const question = { kind: 'mean', maximumOrder: 2, alpha: 0.05 } as const
  const cells = design.runs.map((levels): Cell => {
    const [a, b, c, d] = levels.map((level) => 2 * level - 1) as [number, number, number, number]
    return { levels, units: 50, mean: 10 + a + 0.5 * b + 0 * c - 0.25 * d + 0.75 * a * b, variance: 4 }
  })

  it('estimates sums of aliased effects, high minus low', () => {
    const effects = fractionalEffects(design, cells, question)
    if (typeof effects === 'string') throw new Error(effects)
    const found = new Map(effects.map(({ name, estimate }) => [name, estimate]))
    expect(found.get('A')).toBeCloseTo(2, 12)
    expect(found.get('B')).toBeCloseTo(1, 12)
    expect(found.get('C')).toBeCloseTo(0, 12)
    expect(found.get('D')).toBeCloseTo(-0.5, 12)
    expect(found.get('AB + CD')).toBeCloseTo(1.5, 12)
    // Two means of 200 units each with variance 4.
    expect(effects[0]?.standardError).toBeCloseTo(Math.sqrt((2 * 4) / 200), 12)
  })

  it('refuses cells that are not its runs', () => {
    expect(fractionalEffects(design, cells.slice(1), question)).toBe('missing-cells')
    const other = { ...(cells[0] as Cell), levels: [0, 0, 0, 1] }
    expect(fractionalEffects(design, [...cells, other], question)).toBe('invalid-cells')
  })
})
