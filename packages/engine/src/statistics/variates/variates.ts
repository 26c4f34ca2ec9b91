import type { Random } from '../../random.ts'

/**
 * A draw from the standard normal distribution, by the polar method.
 *
 * Source: Marsaglia & Bray 1964, doi:10.1137/1006063.
 */
export function normalVariate(random: Random): number {
  for (;;) {
    const u = 2 * random.next() - 1
    const v = 2 * random.next() - 1
    const square = u * u + v * v
    if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square)
  }
}

/** A draw from the exponential distribution with mean 1. */
export function exponentialVariate(random: Random): number {
  return -Math.log(random.nextOpen())
}

/**
 * A draw from the gamma distribution with scale 1.
 *
 * @param shape > 0
 *
 * Source: Marsaglia & Tsang 2000, doi:10.1145/358407.358414; below 1 the power of a uniform, section 6.
 */
export function gammaVariate(random: Random, shape: number): number {
  if (shape < 1) return gammaVariate(random, shape + 1) * random.nextOpen() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalVariate(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = random.nextOpen()
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A draw from the beta distribution: X / (X + Y) of two gammas. */
export function betaVariate(random: Random, a: number, b: number): number {
  const x = gammaVariate(random, a)
  return x / (x + gammaVariate(random, b))
}

const LARGE_MEAN = 30

/**
 * A draw from the Poisson distribution: by counting arrivals of a process with rate 1; a large mean is divided
 * first, since sums of Poisson variables are Poisson.
 */
export function poissonVariate(random: Random, mean: number): number {
  if (mean > LARGE_MEAN) return poissonVariate(random, mean / 2) + poissonVariate(random, mean / 2)
  let time = exponentialVariate(random)
  let count = 0
  while (time < mean) {
    count++
    time += exponentialVariate(random)
  }
  return count
}
