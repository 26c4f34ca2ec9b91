import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UnitColumn } from './columns.ts'
import type { ColumnPlan } from './plan.ts'

interface Outcome {
  readonly slot: number
  readonly value: number
  readonly at: number
}

const SLOTS = 4
/** Whole numbers, whose sums do not depend on the order. */
const outcome = fc.record({ slot: fc.nat(SLOTS - 1), value: fc.integer({ min: -3, max: 3 }), at: fc.nat(5) })

const naive: Record<ColumnPlan['aggregation'], (outcomes: readonly Outcome[]) => number> = {
  sum: (outcomes) => outcomes.reduce((total, { value }) => total + value, 0),
  count: (outcomes) => outcomes.length,
  mean: (outcomes) => outcomes.reduce((total, { value }) => total + value, 0) / outcomes.length,
  any: (outcomes) => (outcomes.some(({ value }) => value !== 0) ? 1 : 0),
  present: () => 1,
  minimum: (outcomes) => Math.min(...outcomes.map(({ value }) => value)),
  maximum: (outcomes) => Math.max(...outcomes.map(({ value }) => value)),
  last: (outcomes) => outcomes.toSorted((a, b) => a.at - b.at || a.value - b.value).at(-1)?.value as number,
}

const plan = (aggregation: ColumnPlan['aggregation'], sparse: boolean): ColumnPlan => ({
  source: 's',
  aggregation,
  from: 0,
  to: 10,
  sparse,
})

function reloaded(column: UnitColumn): UnitColumn {
  const [value, second] = column.snapshot(SLOTS).map((bytes) => bytes.slice())
  const copy = new UnitColumn(column.plan, 1)
  copy.restore(value as Uint8Array, second as Uint8Array)
  copy.resize(SLOTS + 3)
  return copy
}

/** What a slot should hold; `+ 0` because a sum of -0 is -0, which no statistic tells apart from 0. */
function expectedOf({ aggregation, sparse }: ColumnPlan, outcomes: readonly Outcome[], slot: number): number {
  const own = outcomes.filter((each) => each.slot === slot)
  if (own.length > 0) return naive[aggregation](own) + 0
  return sparse ? Number.NaN : 0
}

describe.each(Object.keys(naive) as ColumnPlan['aggregation'][])('a column of the %s', (aggregation) => {
  it.each([true, false])(
    'is what the outcomes give in any order (left out when there are none: %s)',
    (sparse) => {
      const slots = Array.from({ length: SLOTS }, (_, slot) => slot)
      fc.assert(
        fc.property(fc.array(outcome, { maxLength: 12, size: 'max' }), fc.nat(12), (outcomes, reloadAt) => {
          let column = new UnitColumn(plan(aggregation, sparse), SLOTS)
          for (const slot of slots) column.clear(slot)
          for (const [i, { slot, value, at }] of outcomes.entries()) {
            if (i === reloadAt) column = reloaded(column)
            column.add(slot, value, at)
          }
          for (const slot of slots)
            expect(column.valueOf(slot) + 0).toBe(expectedOf(column.plan, outcomes, slot))
        }),
        { numRuns: 150 },
      )
    },
  )

  it('forgets what a slot held when it is cleared', () => {
    const column = new UnitColumn(plan(aggregation, true), 1)
    column.clear(0)
    column.add(0, 5, 5)
    column.clear(0)
    expect(column.valueOf(0)).toBeNaN()
    column.add(0, -2, 1)
    expect(column.valueOf(0)).toBe(naive[aggregation]([{ slot: 0, value: -2, at: 1 }]))
  })
})

it('a window begins with its first moment and ends before its last', () => {
  const column = new UnitColumn({ ...plan('sum', false), from: -5, to: 5 }, 1)
  expect([94, 95, 100, 104, 105].map((at) => column.covers(at, 100))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
})

describe.each(Object.keys(naive) as ColumnPlan['aggregation'][])('a slot of the %s', (aggregation) => {
  it.each([true, false])(
    'takes over what another has counted (left out when there are none: %s)',
    (sparse) => {
      fc.assert(
        fc.property(fc.array(outcome, { maxLength: 12, size: 'max' }), (outcomes) => {
          const column = new UnitColumn(plan(aggregation, sparse), SLOTS)
          for (let slot = 0; slot < SLOTS; slot++) column.clear(slot)
          for (const { slot, value, at } of outcomes) column.add(slot, value, at)
          column.absorb(0, 1)
          const joined = outcomes.map((each) => ({ ...each, slot: each.slot === 1 ? 0 : each.slot }))
          expect(column.valueOf(0) + 0).toBe(expectedOf(column.plan, joined, 0))
          expect(column.valueOf(1) + 0).toBe(expectedOf(column.plan, outcomes, 1))
        }),
      )
    },
  )
})
