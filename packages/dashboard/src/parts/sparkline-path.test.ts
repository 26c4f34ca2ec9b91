import { describe, expect, it } from 'vitest'
import { sparklinePath } from './sparkline-path.ts'

describe('the path of a sparkline', () => {
  it('has one bar per value, the highest as high as the box', () => {
    const { kind, path } = sparklinePath([5, 10], 96, 24)
    expect(kind).toBe('bars')
    expect(path).toBe('M0 24v-12h47v12zM48 24v-24h47v24z')
  })

  it('shows zeros, and what is no number, as a line at the bottom', () => {
    expect(sparklinePath([0, null, Number.NaN, -3], 96, 24).path).toBe(
      'M0 24v-1h23v1zM24 24v-1h23v1zM48 24v-1h23v1zM72 24v-1h23v1z',
    )
  })

  it('is a line where bars would run into each other', () => {
    const { kind, path } = sparklinePath(
      Array.from({ length: 97 }, (_, i) => i),
      96,
      24,
    )
    expect(kind).toBe('line')
    expect(path).toMatch(/^M0 23L1 22\.77L.*L96 1$/)
  })

  it('is empty without values', () => {
    expect(sparklinePath([], 96, 24).path).toBe('')
  })
})
