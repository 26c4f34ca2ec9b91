import type { Helios } from '@helios/engine'
import { digestTag } from './etag.ts'

/** The definitions as they are sent, with their entity tag. */
export interface DefinitionsDocument {
  readonly body: string
  readonly tag: string
}

/** Definitions of a store, written out again only after an experiment changed. */
export class Definitions {
  readonly #helios: Helios
  /** Versions never change, so the same objects mean the same definitions. */
  #experiments: readonly unknown[] | undefined
  #document: DefinitionsDocument = { body: '', tag: '' }

  constructor(helios: Helios) {
    this.#helios = helios
  }

  /** The same object for as long as no experiment changed. */
  current(): DefinitionsDocument {
    const experiments = this.#helios.experiments.list()
    if (!isSame(this.#experiments, experiments)) {
      const body = JSON.stringify({ definitions: this.#helios.experiments.definitions() })
      this.#experiments = experiments
      this.#document = { body, tag: digestTag(body) }
    }
    return this.#document
  }
}

function isSame(known: readonly unknown[] | undefined, now: readonly unknown[]): boolean {
  return known?.length === now.length && now.every((one, index) => one === known[index])
}
