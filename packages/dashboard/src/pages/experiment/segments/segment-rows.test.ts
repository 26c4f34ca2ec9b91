import { PERCENT } from '@helios/charts/format'
import { expect, it } from 'vitest'
import { segmentsFixture } from '../../../testing/experiment-fixture.ts'
import { segmentRows } from './segment-rows.ts'

const analysis = segmentsFixture('satisfaction_rating')
const [language] = analysis.dimensions
const segments = language?.segments ?? []

it('has a row per value, named also where there is none, with the units that are compared', () => {
  const rows = segmentRows(segments, analysis, 'warm', 'user', 'relative', PERCENT)
  expect(rows.map(({ label }) => label)).toEqual(['de', 'pt', 'en', 'All other values', 'Not known'])
  expect(rows[0]).toMatchObject({ detail: '4,513 users', isSignificant: true, direction: 'increase' })
  expect(rows[0]?.estimate).toBeCloseTo(0.052)
  expect(rows[1]?.isSignificant).toBe(false)
})

it('says so where a treatment has no comparison', () => {
  const rows = segmentRows(segments, analysis, 'constructor', 'user', 'relative', PERCENT)
  expect(rows.every(({ note, estimate }) => note !== undefined && estimate === null)).toBe(true)
})
