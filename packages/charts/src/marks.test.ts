import { describe, expect, it } from 'vitest'
import { chartTheme } from './chart-theme.ts'
import { largestVariants, marksOf } from './marks.ts'
import { madeVariants } from './testing/fixture.ts'

const theme = chartTheme('light')

describe('marks', () => {
  it('give the control its grey wherever it stands, and treatments colours and shapes of their own', () => {
    const variants = madeVariants(7)
    const marks = marksOf(variants, variants, 'v3', theme)
    expect(marks.get('v3')?.color).toBe(theme.control)
    expect(new Set([...marks.values()].map(({ color }) => color)).size).toBe(7)
    expect(new Set([...marks.values()].map(({ path }) => path)).size).toBe(7)
  })

  it('keep a treatment as it is when others are not shown', () => {
    const variants = madeVariants(5)
    const all = marksOf(variants, variants, 'v0', theme)
    const some = marksOf(variants, variants.slice(2), 'v0', theme)
    for (const key of ['v2', 'v3', 'v4']) expect(some.get(key)).toEqual(all.get(key))
  })

  it('never show two treatments with the same mark', () => {
    const variants = madeVariants(40)
    const shown = variants.filter((_, i) => [1, 7, 13, 19, 25, 31].includes(i))
    expect(new Set([...marksOf(variants, shown, 'v0', theme).values()].map(({ color }) => color)).size).toBe(
      6,
    )
  })

  it('go to the control and the six treatments with the most units, in their own order', () => {
    const { shown, left } = largestVariants(madeVariants(10), 'v0', (key) => Number(key.slice(1)))
    expect(shown.map(({ key }) => key)).toEqual(['v0', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9'])
    expect(left.map(({ key }) => key)).toEqual(['v1', 'v2', 'v3'])
  })
})
