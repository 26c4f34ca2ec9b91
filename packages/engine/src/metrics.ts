import { BUILT_IN_METRICS } from './built-in-metrics.ts'
import type { Clock } from './clock.ts'
import { HeliosError } from './errors.ts'
import type { MetricSource } from './ingestion/check-event.ts'
import type { ChangeNote } from './life-cycle.ts'
import { ANY_OUTCOME, createMetric, type Metric, sourcesOf } from './metric.ts'
import { Serial } from './serial.ts'
import type { Registry } from './storage.ts'

const COLLECTION = 'metrics'
const UNKNOWN_SOURCE: MetricSource = { known: false, metric: undefined }

/** The metrics that are defined: the built-in ones and those that users add. */
export class Metrics {
  readonly #registry: Registry
  readonly #clock: Clock
  readonly #byKey = new Map<string, Metric>()
  readonly #changes = new Serial()
  /** Names of metrics and of what they are computed from; asked for every event. */
  readonly #sources = new Map<string, MetricSource>()

  constructor(registry: Registry, clock: Clock) {
    this.#registry = registry
    this.#clock = clock
    for (const metric of BUILT_IN_METRICS) this.#learn(metric)
  }

  async load(): Promise<void> {
    for (const document of await this.#registry.list(COLLECTION)) this.#learn(document.value as Metric)
  }

  list(): Metric[] {
    return [...this.#byKey.values()]
  }

  /** Throws HEL_METRIC_NOT_FOUND. */
  get(key: string): Metric {
    const metric = this.#byKey.get(key)
    if (!metric) throw new HeliosError('HEL_METRIC_NOT_FOUND', { metric: key })
    return metric
  }

  /** Whether outcomes may arrive under a name, and the metric of that name when there is one. */
  source(name: string): MetricSource {
    return this.#sources.get(name) ?? UNKNOWN_SOURCE
  }

  /** Defines a metric. Throws HEL_METRIC_INVALID, HEL_METRIC_EXISTS. */
  create(input: unknown, note: ChangeNote = {}): Promise<Metric> {
    return this.#changes.run(() => this.#create(input, note))
  }

  async #create(input: unknown, { by = 'unknown', why = '' }: ChangeNote): Promise<Metric> {
    const metric = createMetric(input)
    if (this.#byKey.has(metric.key)) throw new HeliosError('HEL_METRIC_EXISTS', { key: metric.key })
    const line = {
      subject: `metric/${metric.key}`,
      version: 1,
      action: 'create',
      at: this.#clock.now(),
      by,
      why,
    } as const
    await this.#registry.write(
      [{ collection: COLLECTION, key: metric.key, version: 1, value: metric }],
      [line],
    )
    this.#learn(metric)
    return metric
  }

  #learn(metric: Metric): void {
    this.#byKey.set(metric.key, metric)
    const names = sourcesOf(metric).filter((source) => source !== ANY_OUTCOME)
    for (const name of names) this.#sources.set(name, { known: true, metric: this.#byKey.get(name) })
    const known = names.includes(metric.key) || this.source(metric.key).known
    this.#sources.set(metric.key, { known, metric })
  }
}
