import { expect, it } from 'vitest'
import { wholePercent } from './whole-percent.ts'

it('never rounds a score up, and keeps it between nothing and whole', () => {
  expect([1, 0.996, 0.29, 0, 1.2, -1].map(wholePercent)).toEqual(
    ['100', '99', '29', '0', '100', '0'].map((digits) => `${digits}\u202f%`),
  )
})
