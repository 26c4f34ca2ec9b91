import type { Helios } from '@helios/engine'
import type { ExperimentSummary } from '@helios/sdk'

/** The list of experiments as it was last sent, to tell which of its lines changed. */
export class SummaryLines {
  readonly #helios: Helios
  readonly #known = new Map<string, { readonly summary: ExperimentSummary; readonly text: string }>()

  constructor(helios: Helios) {
    this.#helios = helios
  }

  all(): ExperimentSummary[] {
    return [...this.#known.values()].map(({ summary }) => summary)
  }

  /** Computes the list again, and answers with the lines that are not as they were. */
  refresh(): ExperimentSummary[] {
    return this.#helios.summaries().filter((summary) => this.#remember(summary))
  }

  #remember(summary: ExperimentSummary): boolean {
    const known = this.#known.get(summary.key)
    if (known?.summary === summary) return false
    const text = JSON.stringify(summary)
    this.#known.set(summary.key, { summary, text })
    return known?.text !== text
  }
}
