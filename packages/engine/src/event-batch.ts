/** What a row of a batch is. */
export const EXPOSURE = 0
export const OUTCOME = 1
export const IDENTITY = 2

export interface ExposureRow {
  readonly id: string
  readonly at: number
  readonly unit: number
  readonly experiment: number
  readonly variant: number
  readonly version: number
  /** NaN when the sender did not say. */
  readonly propensity: number
  /** -1 when no policy decided. */
  readonly policyVersion: number
  /** Name of the combination of dimension values, plus one; 0 when there is none. */
  readonly combination: number
}

/**
 * Accepted events in columns, in the order in which they become durable. Units and names are small
 * integers; the texts behind integers that are new with this batch travel in it, so that batches read in
 * order explain themselves.
 */
export class EventBatch {
  /** Position of the first row in the log; rows are numbered without gaps, from 1. */
  readonly firstPosition: number
  /** Milliseconds since 1970 when the rows were taken in. */
  readonly receivedAt: number
  length = 0
  kind = new Uint8Array(INITIAL_CAPACITY)
  at = new Float64Array(INITIAL_CAPACITY)
  unit = new Uint32Array(INITIAL_CAPACITY)
  /** Name of the experiment (exposures) or of the metric (outcomes); the previous unit (identities). */
  subject = new Uint32Array(INITIAL_CAPACITY)
  /** Value of an outcome; propensity of an exposure. */
  value = new Float64Array(INITIAL_CAPACITY)
  variant = new Uint16Array(INITIAL_CAPACITY)
  version = new Uint32Array(INITIAL_CAPACITY)
  policyVersion = new Int32Array(INITIAL_CAPACITY)
  combination = new Uint32Array(INITIAL_CAPACITY)
  firstNewUnit = 0
  readonly newUnits: string[] = []
  firstNewName = 0
  readonly newNames: string[] = []

  #ids: string[] | undefined
  readonly #readIds: () => string[]

  constructor(firstPosition: number, receivedAt: number, readIds: () => string[] = () => []) {
    this.firstPosition = firstPosition
    this.receivedAt = receivedAt
    this.#readIds = readIds
  }

  /** A batch over columns that are there already; its ids are read when they are asked for. */
  static of(
    firstPosition: number,
    receivedAt: number,
    columns: Pick<EventBatch, 'kind' | 'at' | 'unit' | 'subject' | 'value'>,
    readIds: () => string[],
  ): EventBatch {
    const batch = new EventBatch(firstPosition, receivedAt, readIds)
    batch.length = columns.kind.length
    Object.assign(batch, columns)
    batch.variant = new Uint16Array(batch.length)
    batch.version = new Uint32Array(batch.length)
    batch.policyVersion = new Int32Array(batch.length)
    batch.combination = new Uint32Array(batch.length)
    return batch
  }

  get ids(): string[] {
    this.#ids ??= this.#readIds()
    return this.#ids
  }

  get lastPosition(): number {
    return this.firstPosition + this.length - 1
  }

  addExposure(row: ExposureRow): void {
    const i = this.#next(row.id)
    this.kind[i] = EXPOSURE
    this.at[i] = row.at
    this.unit[i] = row.unit
    this.subject[i] = row.experiment
    this.value[i] = row.propensity
    this.variant[i] = row.variant
    this.version[i] = row.version
    this.policyVersion[i] = row.policyVersion
    this.combination[i] = row.combination
  }

  addOutcome(id: string, at: number, unit: number, metric: number, value: number): void {
    const i = this.#next(id)
    this.kind[i] = OUTCOME
    this.at[i] = at
    this.unit[i] = unit
    this.subject[i] = metric
    this.value[i] = value
  }

  /** Two names of one unit. */
  addIdentity(id: string, at: number, unit: number, previous: number): void {
    const i = this.#next(id)
    this.kind[i] = IDENTITY
    this.at[i] = at
    this.unit[i] = unit
    this.subject[i] = previous
  }

  #next(id: string): number {
    if (this.length === this.kind.length) this.#grow()
    this.ids.push(id)
    return this.length++
  }

  #grow(): void {
    const capacity = this.kind.length * 4
    this.kind = enlarged(this.kind, new Uint8Array(capacity))
    this.at = enlarged(this.at, new Float64Array(capacity))
    this.unit = enlarged(this.unit, new Uint32Array(capacity))
    this.subject = enlarged(this.subject, new Uint32Array(capacity))
    this.value = enlarged(this.value, new Float64Array(capacity))
    this.variant = enlarged(this.variant, new Uint16Array(capacity))
    this.version = enlarged(this.version, new Uint32Array(capacity))
    this.policyVersion = enlarged(this.policyVersion, new Int32Array(capacity))
    this.combination = enlarged(this.combination, new Uint32Array(capacity))
  }
}

const INITIAL_CAPACITY = 256

interface Column {
  set(from: this): void
}

/** Copies a full typed array into the beginning of a larger one. */
function enlarged<T extends Column>(full: T, larger: T): T {
  larger.set(full)
  return larger
}
