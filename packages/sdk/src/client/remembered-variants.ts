/**
 * Which variant a unit met first, per experiment: for sticky experiments, and for people who sign in. One
 * storage key per unit, `unit:UNIT` → pairs of experiment and variant. What is stored may be damaged.
 */
import { type ClientStorage, storedMap } from './storage.ts'

/** Carried is what was met under a former name: it holds even where the experiment is not sticky. */
export interface RememberedVariant {
  readonly sticky?: string | undefined
  readonly carried?: string | undefined
}

export interface RememberedVariants {
  find(unit: string, experiment: string): RememberedVariant | undefined
  /** The first one stays. */
  remember(unit: string, experiment: string, variant: string): void
  /** What `previous` met, `unit` is to keep; what `unit` met before under its own name stays. */
  carry(previous: string, unit: string): void
}

type Variants = Map<string, RememberedVariant>

const MAXIMUM_UNITS = 10_000
const PREFIX = 'unit:'
const NONE: Variants = new Map()

export function rememberVariants(storage: ClientStorage): RememberedVariants {
  /** Oldest first; undefined until it is read. */
  const units = new Map<string, Variants | undefined>()
  for (const key of storage.keys()) {
    if (key.startsWith(PREFIX)) units.set(key.slice(PREFIX.length), undefined)
  }

  const read = (unit: string): Variants => storedMap(storage, PREFIX + unit)

  function variantsOf(unit: string): Variants {
    if (!units.has(unit)) return NONE
    const variants = units.get(unit) ?? read(unit)
    units.set(unit, variants)
    return variants
  }

  function add(unit: string, additions: Variants): void {
    const known = variantsOf(unit)
    if ([...additions.keys()].every((experiment) => known.has(experiment))) return
    // Another tab may have written since; what was met first stays.
    const variants = new Map([...additions, ...known, ...read(unit)])
    units.set(unit, variants)
    storage.set(PREFIX + unit, JSON.stringify([...variants]))
    for (const oldest of units.keys()) {
      if (units.size <= MAXIMUM_UNITS) break
      units.delete(oldest)
      storage.remove(PREFIX + oldest)
    }
  }

  return {
    find: (unit, experiment) => variantsOf(unit).get(experiment),
    remember: (unit, experiment, variant) => add(unit, new Map([[experiment, { sticky: variant }]])),
    carry: (previous, unit) => {
      const met = [...variantsOf(previous)].map(([experiment, variant]) => {
        const { sticky, carried = sticky } = { ...variant }
        return [experiment, { carried }] as const
      })
      add(unit, new Map(met))
    },
  }
}
