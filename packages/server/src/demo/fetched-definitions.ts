import type { Clock } from '@helios/engine'
import { type CompiledExperiment, compileExperiment, type ExperimentDefinition } from '@helios/sdk'
import type { DemoApi } from './api.ts'

const REFRESH_MILLISECONDS = 1000

/** The experiments as the server defines them now, fetched again every second, as a client does. */
export class FetchedDefinitions {
  readonly #api: DemoApi
  readonly #clock: Clock
  #experiments: ReadonlyMap<string, CompiledExperiment> = new Map()
  #tag: string | undefined
  #fetchedAt = Number.NEGATIVE_INFINITY

  /** @param clock real time, also while the history is made in another one */
  constructor(api: DemoApi, clock: Clock) {
    this.#api = api
    this.#clock = clock
  }

  find(experiment: string): CompiledExperiment | undefined {
    return this.#experiments.get(experiment)
  }

  async refreshWhenOld(): Promise<void> {
    if (this.#clock.now() - this.#fetchedAt >= REFRESH_MILLISECONDS) await this.refresh()
  }

  /** Throws RequestRefused; then the definitions stay as they were. */
  async refresh(): Promise<void> {
    this.#fetchedAt = this.#clock.now()
    const changed = await this.#api.getIfChanged<{ definitions: readonly ExperimentDefinition[] }>(
      '/v1/definitions',
      this.#tag,
    )
    if (!changed) return
    const { definitions } = changed.answer
    this.#experiments = new Map(definitions.map((one) => [one.key, compileExperiment(one)]))
    this.#tag = changed.tag
  }
}
