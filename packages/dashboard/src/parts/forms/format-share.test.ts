import { describe, expect, it } from 'vitest'
import { formatShare } from './format-share.ts'

describe('a share that was chosen', () => {
  it.each([
    [0.5, '50'],
    [0.05, '5'],
    [1, '100'],
    [0.125, '12.5'],
    [1 / 3, '33.3'],
    [0.001, '0.1'],
    [0.1001, '10'],
    [0, '0'],
  ])('%f is %s percent', (share, text) => {
    expect(formatShare(share).replace(/\s/g, ' ')).toBe(`${text} %`)
  })

  it('is a dash while there is none', () => {
    expect(formatShare(undefined)).toBe('–')
  })
})
