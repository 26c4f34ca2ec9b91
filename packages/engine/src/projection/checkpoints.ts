import type { MomentsSummary } from '../statistics/moments/cross-moments.ts'
import { type JointSummary, jointSummary } from '../statistics/moments/joint-summary.ts'
import { enlarged, joined, type NumberReader } from './arrays.ts'
import type { MetricMoments } from './metric-moments.ts'

const FIRST_INTERVAL_MILLISECONDS = 10_000
const MOST_CHECKPOINTS = 240
/** However much memory one takes. */
const FEWEST_CHECKPOINTS = 8
const MOST_BYTES = 4 * 2 ** 20
/** Place of the first metric in a row. */
const FIRST_METRIC = 2

/**
 * What an experiment's statistics were at earlier moments: the effect over time.
 *
 * Time since the start of the experiment is divided in intervals. When the first event arrives that
 * happened after the end of the present one, the statistics are kept as they are, dated with that end; so
 * an event costs one comparison, and it is the time of events that counts, live and in a replay alike. An
 * interval without events keeps nothing. Once there are too many checkpoints the interval is doubled, and
 * of those that now share one the last stays.
 *
 * A row is the time and the units of all variants, then per metric and variant the units, the means and the upper
 * half of the covariance.
 */
export class Checkpoints {
  readonly #moments: readonly MetricMoments[]
  readonly #variants: number
  readonly #startedAt: number
  readonly #unitsNow: () => number
  /** Where each metric begins in a row; then the length of a row. */
  readonly #offsets: readonly number[]
  readonly #most: number
  #interval = FIRST_INTERVAL_MILLISECONDS
  /** End of the interval that holds the latest event so far. */
  #boundary: number
  #count = 0
  #rows: Float64Array<ArrayBuffer>

  /** @param unitsNow how many units there are, of all variants */
  constructor(
    moments: readonly MetricMoments[],
    variants: number,
    startedAt: number,
    unitsNow: () => number,
  ) {
    this.#moments = moments
    this.#variants = variants
    this.#startedAt = startedAt
    this.#unitsNow = unitsNow
    this.#boundary = startedAt
    const offsets = [FIRST_METRIC]
    for (const { plan } of moments)
      offsets.push((offsets.at(-1) as number) + variants * sizeOf(plan.components.length))
    this.#offsets = offsets
    const bytes = this.#width * Float64Array.BYTES_PER_ELEMENT
    this.#most = Math.min(MOST_CHECKPOINTS, Math.max(FEWEST_CHECKPOINTS, Math.floor(MOST_BYTES / bytes)))
    this.#rows = new Float64Array(0)
  }

  get count(): number {
    return this.#count
  }

  get byteLength(): number {
    return this.#rows.byteLength
  }

  /** Time of a checkpoint, ascending. */
  at(index: number): number {
    return this.#rows[index * this.#width] as number
  }

  /** Units of all variants at a checkpoint. */
  units(index: number): number {
    return this.#rows[index * this.#width + 1] as number
  }

  /** Whether an event that happened at a time ends the present interval. */
  isCrossedBy(at: number): boolean {
    return at > this.#boundary
  }

  /** To be called before an event is folded in that ends the interval; keeps nothing while there is nothing. */
  cross(at: number, isEmpty: boolean): void {
    if (!isEmpty) this.#keep(this.#boundary)
    this.#boundary = this.#startedAt + this.#intervalOf(at) * this.#interval
  }

  /** Statistics of a metric per variant, as they were. */
  summaries(index: number, metric: number): JointSummary[] {
    const { outcomes, components } = (this.#moments[metric] as MetricMoments).plan
    const start = index * this.#width + (this.#offsets[metric] as number)
    return Array.from({ length: this.#variants }, (_, variant) => {
      const place = start + variant * sizeOf(components.length)
      return jointSummary(summaryAt(this.#rows, place, components.length), outcomes)
    })
  }

  /** All numbers, for `restore`. */
  numbers(): Float64Array {
    const rows = this.#rows.subarray(0, this.#count * this.#width)
    return joined([Float64Array.of(this.#interval, this.#boundary, this.#count), rows])
  }

  restore(numbers: NumberReader): void {
    this.#interval = numbers.next()
    this.#boundary = numbers.next()
    this.#count = numbers.next()
    this.#rows = Float64Array.from(numbers.take(this.#count * this.#width))
  }

  get #width(): number {
    return this.#offsets.at(-1) as number
  }

  /** Number of the interval that holds a time; the end of an interval belongs to it. */
  #intervalOf(at: number): number {
    return Math.ceil((at - this.#startedAt) / this.#interval)
  }

  #keep(at: number): void {
    const last = this.#count - 1
    const isSameInterval = last >= 0 && this.#intervalOf(this.at(last)) === this.#intervalOf(at)
    this.#write(isSameInterval ? last : this.#count++, at)
    while (this.#count > this.#most) this.#thin()
  }

  #write(index: number, at: number): void {
    this.#reserve(index + 1)
    let place = index * this.#width
    this.#rows[place++] = at
    this.#rows[place++] = this.#unitsNow()
    for (const moments of this.#moments) {
      for (const { units, mean, covariance } of moments.summaries(at).map(whole)) {
        this.#rows[place++] = units
        for (const value of mean) this.#rows[place++] = value
        for (const [i, row] of covariance.entries())
          for (let j = i; j < row.length; j++) this.#rows[place++] = row[j] as number
      }
    }
  }

  #reserve(rows: number): void {
    if (rows * this.#width <= this.#rows.length) return
    const wanted = Math.min(this.#most + 1, Math.max(FEWEST_CHECKPOINTS, rows * 2))
    this.#rows = enlarged(this.#rows, new Float64Array(wanted * this.#width))
  }

  #thin(): void {
    this.#interval *= 2
    const width = this.#width
    let kept = 0
    for (let index = 0; index < this.#count; index++) {
      const isLast =
        index === this.#count - 1 || this.#intervalOf(this.at(index)) !== this.#intervalOf(this.at(index + 1))
      if (isLast) this.#rows.copyWithin(kept++ * width, index * width, (index + 1) * width)
    }
    this.#count = kept
  }
}

/** With the covariates, where there are some. */
function whole({ units, mean, covariance, joint }: JointSummary): MomentsSummary {
  return { units, ...(joint ?? { mean, covariance }) }
}

/** Numbers that a summary of so many components takes. */
function sizeOf(components: number): number {
  return 1 + components + (components * (components + 1)) / 2
}

function summaryAt(rows: Float64Array, start: number, components: number): MomentsSummary {
  const indices = Array.from({ length: components }, (_, index) => index)
  const covarianceAt = (i: number, j: number) =>
    rows[start + 1 + components + i * components - (i * (i - 1)) / 2 + (j - i)] as number
  return {
    units: rows[start] as number,
    mean: indices.map((i) => rows[start + 1 + i] as number),
    covariance: indices.map((i) => indices.map((j) => covarianceAt(Math.min(i, j), Math.max(i, j)))),
  }
}
