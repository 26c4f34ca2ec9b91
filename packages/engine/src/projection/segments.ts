import { type Combination, combinationFrom, MOST_DIMENSION_VALUES, NO_COMBINATION } from '../dimensions.ts'
import { bytesOf, enlarged, joined, NumberReader } from './arrays.ts'
import { MetricMoments } from './metric-moments.ts'
import type { ProjectionPlan } from './plan.ts'

/** Units that share a value of a dimension, with their sufficient statistics. */
export class Segment {
  /** Absent for units without a value, and for the rest. */
  readonly value: string | undefined
  /** All values beyond those told apart. */
  readonly isRest: boolean
  /** Units per variant. */
  readonly units: Float64Array
  readonly moments: readonly MetricMoments[]

  constructor(plan: ProjectionPlan, variants: number, value: string | undefined, isRest: boolean) {
    this.value = value
    this.isRest = isRest
    this.units = new Float64Array(variants)
    this.moments = plan.metrics.map((metric) => new MetricMoments(metric, variants))
  }
}

/** The segments of one dimension, in the order in which they appeared. */
interface DimensionSegments {
  readonly name: string
  readonly list: Segment[]
  readonly byValue: Map<string | null | undefined, Segment>
}

/** What `restore` needs besides the numbers: JSON. */
export interface SegmentsHeader {
  readonly combinations: readonly number[]
  readonly dimensions: readonly (readonly { readonly value?: string; readonly isRest?: true }[])[]
}

/**
 * The statistics of an experiment within the values of each declared dimension, kept as the main ones are.
 * Of a unit only its combination of values is remembered; what segments that means is worked out once per
 * combination.
 */
export class Segments {
  readonly #plan: ProjectionPlan
  readonly #variants: number
  readonly #nameOf: (id: number) => string
  readonly dimensions: readonly DimensionSegments[]
  /** By the number of a combination: its segment in each dimension. */
  readonly #segments: Segment[][] = []
  readonly #numbers = new Map<number, number>()
  #ofSlot = new Uint32Array(0)

  constructor(plan: ProjectionPlan, variants: number, nameOf: (id: number) => string) {
    this.#plan = plan
    this.#variants = variants
    this.#nameOf = nameOf
    this.dimensions = plan.dimensions.map((name) => ({ name, list: [], byValue: new Map() }))
  }

  get byteLength(): number {
    let bytes = this.#ofSlot.byteLength
    for (const { list } of this.dimensions)
      for (const { moments } of list) for (const each of moments) bytes += each.byteLength
    return bytes
  }

  /** Number of a unit's combination, for comparisons. */
  combinationOf(slot: number): number {
    return this.#ofSlot[slot] as number
  }

  /** Whether a value would be counted in the rest of a dimension. */
  isBeyond(dimension: string, value: string): boolean {
    const byValue = this.dimensions.find(({ name }) => name === dimension)?.byValue
    return byValue !== undefined && !byValue.has(value) && valuesIn(byValue) >= MOST_DIMENSION_VALUES
  }

  resize(capacity: number): void {
    this.#ofSlot = enlarged(this.#ofSlot, new Uint32Array(capacity))
  }

  /** Says with which combination (a name plus one, or 0) a unit came. */
  place(slot: number, combination: number): void {
    this.#ofSlot[slot] = this.#numberOf(combination)
  }

  count(slot: number, variant: number, sign: 1 | -1): void {
    for (const { units } of this.#segmentsOf(slot)) units[variant] = (units[variant] as number) + sign
  }

  add(slot: number, metric: number, variant: number, at: number, vector: Float64Array, sign: 1 | -1): void {
    const segments = this.#segmentsOf(slot)
    for (let i = 0; i < segments.length; i++) {
      const moments = (segments[i] as Segment).moments[metric] as MetricMoments
      moments.add(variant, at, vector, sign)
    }
  }

  header(): SegmentsHeader {
    return {
      combinations: [...this.#numbers.keys()],
      dimensions: this.dimensions.map(({ list }) =>
        list.map(({ value, isRest }) => ({
          ...(value === undefined ? {} : { value }),
          ...(isRest ? { isRest } : {}),
        })),
      ),
    }
  }

  /** All statistics, segment by segment. */
  numbers(): Float64Array {
    const all = this.dimensions.flatMap(({ list }) => list)
    return joined(all.flatMap(({ units, moments }) => [units, ...moments.flatMap((each) => each.numbers())]))
  }

  ofSlots(count: number): Uint8Array {
    return bytesOf(this.#ofSlot, count)
  }

  restore({ combinations, dimensions }: SegmentsHeader, numbers: Float64Array, ofSlot: Uint32Array): void {
    const reader = new NumberReader(numbers)
    for (const [i, dimension] of this.dimensions.entries()) {
      for (const { value, isRest } of dimensions[i] ?? []) {
        const { units, moments } = this.#segmentFor(dimension, isRest ? null : value)
        units.set(reader.take(units.length))
        for (const each of moments) each.restore(reader)
      }
    }
    for (const combination of combinations) this.#numberOf(combination)
    this.#ofSlot.set(ofSlot)
  }

  #segmentsOf(slot: number): readonly Segment[] {
    return this.#segments[this.#ofSlot[slot] as number] as Segment[]
  }

  #numberOf(combination: number): number {
    const known = this.#numbers.get(combination)
    if (known !== undefined) return known
    const values: Combination =
      combination === 0 ? NO_COMBINATION : combinationFrom(this.#nameOf(combination - 1))
    const byName = new Map(values)
    const number = this.#segments.length
    this.#segments.push(
      this.dimensions.map((dimension) => this.#segmentFor(dimension, byName.get(dimension.name))),
    )
    this.#numbers.set(combination, number)
    return number
  }

  /** The segment of a value, null for the rest, undefined for none; made when it is the first of its kind. */
  #segmentFor({ list, byValue }: DimensionSegments, value: string | null | undefined): Segment {
    const isNew = typeof value === 'string' && !byValue.has(value)
    const key = isNew && valuesIn(byValue) >= MOST_DIMENSION_VALUES ? null : value
    const known = byValue.get(key)
    if (known) return known
    const segment = new Segment(this.#plan, this.#variants, key ?? undefined, key === null)
    list.push(segment)
    byValue.set(key, segment)
    return segment
  }
}

function valuesIn(byValue: DimensionSegments['byValue']): number {
  return byValue.size - Number(byValue.has(null)) - Number(byValue.has(undefined))
}
