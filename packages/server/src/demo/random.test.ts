import { describe, expect, it } from 'vitest'
import { binomial, exponential, happens, logNormal, pick, poisson, type Random, randomOf } from './random.ts'

const DRAWS = 40_000

function sample(draw: (random: Random) => number): { mean: number; variance: number } {
  const values = Array.from({ length: DRAWS }, (_, i) => draw(randomOf(`draw-${i}`)))
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (DRAWS - 1)
  return { mean, variance }
}

describe('a sequence', () => {
  it('belongs to its name', () => {
    const draws = (name: string) => Array.from({ length: 8 }, randomOf(name))
    expect(draws('a')).toEqual(draws('a'))
    expect(draws('a')).not.toEqual(draws('b'))
    expect(new Set(draws('a')).size).toBe(8)
  })

  it('stays below one', () => {
    const random = randomOf('range')
    const values = Array.from({ length: 10_000 }, random)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
  })
})

// The first draws of many names must be as good as many draws of one: visitors draw a few times each. A mean
// of these fixed draws beyond 4 standard errors had a chance of 6e-5.
describe.each<[string, (random: Random) => number, { mean: number; variance: number }]>([
  ['uniform', (random) => random(), { mean: 1 / 2, variance: 1 / 12 }],
  ['happens', (random) => Number(happens(random, 0.3)), { mean: 0.3, variance: 0.21 }],
  ['binomial', (random) => binomial(random, 4, 0.65), { mean: 2.6, variance: 0.91 }],
  ['poisson', (random) => poisson(random, 5), { mean: 5, variance: 5 }],
  ['exponential', (random) => exponential(random, 3), { mean: 3, variance: 9 }],
  ['log-normal', (random) => logNormal(random, 38, 0.5), { mean: 38, variance: 38 ** 2 * Math.expm1(0.25) }],
  [
    'pick',
    (random) => Number(pick(random, { a: 0.6, b: 0.3, c: 0.1 }) === 'b'),
    { mean: 0.3, variance: 0.21 },
  ],
])('%s', (_name, draw, expected) => {
  it('has its mean and variance', () => {
    const { mean, variance } = sample(draw)
    expect(Math.abs(mean - expected.mean)).toBeLessThan(4 * Math.sqrt(expected.variance / DRAWS))
    expect(Math.abs(variance / expected.variance - 1)).toBeLessThan(0.1)
  })
})
