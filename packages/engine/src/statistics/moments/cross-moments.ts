import { productError } from '../special/exact-product.ts'

/**
 * Mergeable sufficient statistics of vectors: count, sums and sums of products, per group.
 *
 * Units change their value with every outcome, so vectors are taken out again as often as they are put
 * in. Sums are therefore kept in double-double arithmetic (about 32 digits): removing is as exact as
 * adding, the result depends on the order by the last bit at most, merging is adding, and the variance survives a mean
 * 10^12 times the standard deviation, where `sumOfSquares - sum² / n` in doubles has no digit left.
 *
 * Error-free sum: Knuth 1969, TAOCP vol. 2, 4.2.2 theorem B. Error-free product: Dekker 1971,
 * doi:10.1007/BF01397083, section 5 (values must stay below 1e300 for the splitting).
 *
 * Layout of one group: count, then (high, low) of each sum, then (high, low) of each product i ≤ j.
 */
export class CrossMoments {
  readonly components: number
  readonly #stride: number
  #data: Float64Array

  constructor(groups: number, components: number, data?: Float64Array) {
    this.components = components
    this.#stride = 1 + 2 * components + components * (components + 1)
    this.#data = data ?? new Float64Array(groups * this.#stride)
  }

  get groups(): number {
    return this.#data.length / this.#stride
  }

  get data(): Float64Array {
    return this.#data
  }

  /** Puts one vector into a group (`sign` 1) or takes it out again (`sign` -1). */
  add(group: number, vector: ArrayLike<number>, sign: 1 | -1): void {
    const data = this.#data
    const start = group * this.#stride
    const { components } = this
    data[start] = (data[start] as number) + sign
    let place = start + 1
    for (let i = 0; i < components; i++, place += 2) accumulate(data, place, sign * (vector[i] as number), 0)
    for (let i = 0; i < components; i++) {
      const x = sign * (vector[i] as number)
      for (let j = i; j < components; j++, place += 2) accumulateProduct(data, place, x, vector[j] as number)
    }
  }

  /** Adds the statistics of the same groups and components gathered elsewhere. */
  merge(other: CrossMoments): void {
    const data = this.#data
    const from = other.#data
    for (let start = 0; start < from.length; start += this.#stride) {
      data[start] = (data[start] as number) + (from[start] as number)
      for (let i = 1; i < this.#stride; i += 2) {
        accumulate(data, start + i, from[start + i] as number, from[start + i + 1] as number)
      }
    }
  }

  /** Number of vectors in a group. */
  units(group: number): number {
    return this.#data[group * this.#stride] as number
  }

  /** Mean of component i; NaN for an empty group. */
  mean(group: number, i: number): number {
    const place = this.#sumPlace(group, i)
    return ((this.#data[place] as number) + (this.#data[place + 1] as number)) / this.units(group)
  }

  /** Sample covariance (divisor n − 1) of components i and j; NaN below two vectors. */
  covariance(group: number, i: number, j: number): number {
    const n = this.units(group)
    if (n < 2) return Number.NaN
    const a = this.#sumPlace(group, i)
    const b = this.#sumPlace(group, j)
    const q = this.#productPlace(group, Math.min(i, j), Math.max(i, j))
    const data = this.#data
    return centred(data, a, b, q, n) / (n - 1)
  }

  /** Statistics of one group in the form that estimators take, of the first components. */
  summary(group: number, components = this.components): MomentsSummary {
    const indices = Array.from({ length: components }, (_, index) => index)
    return {
      units: this.units(group),
      mean: indices.map((i) => this.mean(group, i)),
      covariance: indices.map((i) => indices.map((j) => this.covariance(group, i, j))),
    }
  }

  #sumPlace(group: number, i: number): number {
    return group * this.#stride + 1 + 2 * i
  }

  #productPlace(group: number, i: number, j: number): number {
    const before = i * this.components - (i * (i - 1)) / 2
    return group * this.#stride + 1 + 2 * this.components + 2 * (before + j - i)
  }
}

export interface MomentsSummary {
  readonly units: number
  readonly mean: readonly number[]
  readonly covariance: readonly (readonly number[])[]
}

/** data[place], data[place + 1] += high + low. */
function accumulate(data: Float64Array, place: number, high: number, low: number): void {
  const before = data[place] as number
  const sum = before + high
  const part = sum - before
  const error = before - (sum - part) + (high - part) + (data[place + 1] as number) + low
  const renewed = sum + error
  data[place] = renewed
  data[place + 1] = error - (renewed - sum)
}

/** Adds x · y to a double-double, without rounding the product. */
function accumulateProduct(data: Float64Array, place: number, x: number, y: number): void {
  const product = x * y
  accumulate(data, place, product, productError(x, y))
}

/** Σ(x − x̄)(y − ȳ) = Σxy − Σx·Σy / n, carried in double-double until the final rounding. */
function centred(data: Float64Array, a: number, b: number, q: number, n: number): number {
  const [aHigh, aLow] = [data[a] as number, data[a + 1] as number]
  const [bHigh, bLow] = [data[b] as number, data[b + 1] as number]
  const product = aHigh * bHigh
  const productLow = productError(aHigh, bHigh) + aHigh * bLow + aLow * bHigh
  const quotient = product / n
  const back = quotient * n
  const quotientLow = (product - back - productError(quotient, n) + productLow) / n
  const difference = (data[q] as number) - quotient
  const part = (data[q] as number) - difference
  const error = part - quotient
  return difference + (error + (data[q + 1] as number) - quotientLow)
}
