import { describe, expect, it } from 'vitest'
import { Random } from './random.ts'

describe('Random', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const draw = (seed: number | string) =>
      Array.from(
        { length: 5 },
        (
          (r) => () =>
            r.next()
        )(new Random(seed)),
      )
    expect(draw(1)).toEqual(draw(1))
    expect(draw('helios')).toEqual(draw('helios'))
    expect(draw(1)).not.toEqual(draw(2))
  })

  it('splits by name without moving on', () => {
    const random = new Random(7)
    const first = random.split('a').next()
    expect(random.split('a').next()).toBe(first)
    expect(random.split('b').next()).not.toBe(first)
    expect(random.next()).toBe(new Random(7).next())
  })

  it('fills [0, 1) evenly: mean, variance and sixteen bins within five standard errors', () => {
    const random = new Random(3)
    const n = 200_000
    const bins = new Array<number>(16).fill(0)
    let sum = 0
    let squares = 0
    for (let i = 0; i < n; i++) {
      const u = random.next()
      sum += u
      squares += u * u
      bins[Math.floor(u * 16)] = (bins[Math.floor(u * 16)] ?? 0) + 1
    }
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
    expect(Math.abs(squares / n - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n))
    for (const count of bins)
      expect(Math.abs(count - n / 16)).toBeLessThan(5 * Math.sqrt((n / 16) * (15 / 16)))
  })

  it('draws whole numbers without bias, up to the largest bound', () => {
    const random = new Random(11)
    const counts = [0, 0, 0]
    for (let i = 0; i < 90_000; i++) {
      const k = random.integer(3)
      counts[k] = (counts[k] ?? 0) + 1
    }
    for (const count of counts) expect(Math.abs(count - 30_000)).toBeLessThan(5 * Math.sqrt(20_000))
    expect(random.integer(2 ** 32)).toBeLessThan(2 ** 32)
    expect(random.integer(1)).toBe(0)
  })
})
