import { expect, it } from 'vitest'
import { faster, slower } from './demo.ts'

it('goes up and down by steps, between the slowest and the fastest', () => {
  expect([0, 0.2, 1, 3, 50, 100].map(faster)).toEqual([0.2, 0.5, 2, 5, 100, 100])
  expect([100, 3, 1, 0.2, 0.1].map(slower)).toEqual([50, 2, 0.5, 0.2, 0.2])
})
