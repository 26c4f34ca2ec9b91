import { describe, expect, it } from 'vitest'
import { NumberReader } from './arrays.ts'
import { Arrivals } from './arrivals.ts'

const HOUR = 3_600_000
const KEPT = 31 * 24

const hoursOf = (arrivals: Arrivals) => [...arrivals.hours].map(([hour, counts]) => [hour, [...counts]])

describe('arrivals', () => {
  it('count a unit in its hour and day, and take it out again', () => {
    const arrivals = new Arrivals(2)
    arrivals.count(5 * HOUR, 0, 1, 1)
    arrivals.count(5 * HOUR + 7, 1, 1, 1)
    arrivals.count(30 * HOUR, 1, 2, 1)
    arrivals.count(5 * HOUR, 0, 1, -1)
    expect(hoursOf(arrivals)).toEqual([
      [5, [0, 1]],
      [30, [0, 1]],
    ])
    expect([...arrivals.days].map(([day, counts]) => [day, ...counts])).toEqual([
      [0, 0, 1],
      [1, 0, 1],
    ])
    expect(arrivals.perVariant()).toEqual([0, 2])
    expect([...arrivals.versions]).toEqual([
      [1, 1],
      [2, 1],
    ])
  })

  it('keep the hours of 31 days before the newest, and what moves among the others changes nothing', () => {
    const arrivals = new Arrivals(1)
    arrivals.count(10 * HOUR, 0, 1, 1)
    arrivals.count(11 * HOUR, 0, 1, 1)
    arrivals.count((10 + KEPT) * HOUR, 0, 1, 1)
    expect(hoursOf(arrivals).map(([hour]) => hour)).toEqual([11, 10 + KEPT])
    // A unit of a forgotten hour moves to an earlier one; another comes late; one moves out of a kept hour.
    arrivals.count(10 * HOUR, 0, 1, -1)
    arrivals.count(9 * HOUR, 0, 1, 1)
    arrivals.count(11 * HOUR, 0, 1, -1)
    arrivals.count(3 * HOUR, 0, 1, 1)
    expect(hoursOf(arrivals)).toEqual([
      [11, [0]],
      [10 + KEPT, [1]],
    ])
    expect(arrivals.perVariant()).toEqual([3])
  })

  it('are the same after a restore, and go on forgetting', () => {
    const arrivals = new Arrivals(2)
    for (const hour of [7, 8, 700]) arrivals.count(hour * HOUR, hour % 2, 3, 1)
    const restored = new Arrivals(2)
    restored.restore(new NumberReader(arrivals.numbers()))
    for (const each of [arrivals, restored]) {
      each.count((7 + KEPT) * HOUR, 1, 4, 1)
      each.count(2 * HOUR, 1, 4, 1)
    }
    expect(restored.numbers()).toEqual(arrivals.numbers())
    expect(hoursOf(restored).map(([hour]) => hour)).toEqual([8, 700, 7 + KEPT])
  })
})
