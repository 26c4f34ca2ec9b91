/** Variants that somebody wants to see, for quality assurance. */
import type { Page } from './platform.ts'
import { type ClientStorage, storedMap } from './storage.ts'

export interface Overrides {
  find(experiment: string): string | undefined
  /** Without a variant, the experiment decides again. */
  set(experiment: string, variant: string | undefined): void
}

const KEY = 'overrides'
const PARAMETER = 'helios.'

/**
 * @param page whose address may hold overrides, `?helios.EXPERIMENT=VARIANT`: they come before those that are
 *   kept, and end with the page
 */
export function createOverrides(storage: ClientStorage, page: Page | undefined): Overrides {
  const ofAddress = new Map<string, string>()
  for (const [name, variant] of new URLSearchParams(page?.query())) {
    if (name.startsWith(PARAMETER)) ofAddress.set(name.slice(PARAMETER.length), variant)
  }
  const kept = storedMap<string>(storage, KEY)
  return {
    find: (experiment) => ofAddress.get(experiment) ?? kept.get(experiment),
    set: (experiment, variant) => {
      ofAddress.delete(experiment)
      if (variant === undefined) kept.delete(experiment)
      else kept.set(experiment, variant)
      storage.set(KEY, JSON.stringify([...kept]))
    },
  }
}
