import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DueEvents } from './due-events.ts'

const event = (id: number) => ({ id: String(id), unit: 'u', metric: 'clicks', value: 1 })

it('gives events back in the order of their times, each once, whatever was added when', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 })),
      fc.integer({ min: 0, max: 50 }),
      (times, until) => {
        const due = new DueEvents()
        times.forEach((at, index) => void due.add({ at, event: event(index) }))
        const timesOf = (taken: readonly { id: string }[]) => taken.map(({ id }) => times[Number(id)])
        const sorted = times.toSorted((a, b) => a - b)
        expect(timesOf(due.takeUntil(until))).toEqual(sorted.filter((at) => at <= until))
        expect(timesOf(due.takeUntil(100))).toEqual(sorted.filter((at) => at > until))
        expect(due.size).toBe(0)
      },
    ),
    { seed: 20261122 },
  )
})
