import { createHasher } from '@helios/sdk'

/** The next number of a sequence, uniform in [0, 1). */
export type Random = () => number

const WARM_UP_ROUNDS = 12
const words = ['first', 'second', 'third'].map((name) => createHasher(`demo/${name}`))

/**
 * The sequence that belongs to a name: the same in every process and on every machine, and independent of
 * the sequences of other names. Generator sfc32 (Doty-Humphrey, PractRand 0.95), seeded by hashes of the name.
 */
export function randomOf(name: string): Random {
  let [a = 0, b = 0, c = 0] = words.map((hash) => hash(name) | 0)
  let counter = 1
  const next: Random = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < WARM_UP_ROUNDS; round++) next()
  return next
}

export function happens(random: Random, probability: number): boolean {
  return random() < probability
}

/** One of the keys, with the given probabilities, which sum to one. */
export function pick<Key extends string>(random: Random, shares: Readonly<Record<Key, number>>): Key {
  const keys = Object.keys(shares) as Key[]
  let left = random()
  for (const key of keys) {
    left -= shares[key]
    if (left < 0) return key
  }
  return keys.at(-1) as Key
}

/** Successes in so many trials. */
export function binomial(random: Random, trials: number, probability: number): number {
  let successes = 0
  for (let trial = 0; trial < trials; trial++) if (random() < probability) successes += 1
  return successes
}

/** Knuth's method (1969, TAOCP vol. 2, 3.4.1): for means up to some tens. */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let product = random()
  let count = 0
  while (product > limit) {
    product *= random()
    count += 1
  }
  return count
}

export function exponential(random: Random, mean: number): number {
  return -mean * Math.log(1 - random())
}

/** Log-normal with the given mean; `spread` is the standard deviation of the logarithm. */
export function logNormal(random: Random, mean: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return mean * Math.exp(spread * normal - spread ** 2 / 2)
}
