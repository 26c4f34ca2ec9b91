import type { PlannedLook } from './estimator.ts'
import type { AnalysisSettings } from './experiment.ts'
import { efficacyBoundaries } from './statistics/sequential/group-sequential/boundaries.ts'
import { futilityBoundaries } from './statistics/sequential/group-sequential/futility.ts'
import type { Spending } from './statistics/sequential/group-sequential/spending.ts'

/** A look that took place: when, and with how much of the planned sample. */
export interface LookTaken {
  readonly at: number
  readonly informationFraction: number
}

/** Power that the futility boundaries are made for. */
const POWER = 0.8
/** Nodes of the table that gives the p-value of a z. */
const TABLE_FROM = 1e-14
const NODES_PER_DECADE = 24

/**
 * The last of the looks taken at a group-sequential test, with its boundaries. They depend on the looks up to it only
 * (Lan & DeMets 1983, doi:10.1093/biomet/70.3.659), so that a look may come late.
 *
 * @param taken at least one, ascending; fractions beyond 1 count as the end
 */
export function plannedLook(settings: AnalysisSettings, taken: readonly LookTaken[]): PlannedLook {
  const { looks, alpha } = settings
  const information = fractionsOf(taken)
  const last = taken.at(-1) as LookTaken
  const key = JSON.stringify([alpha, settings.spending, looks, information])
  const known = remembered.get(key)
  if (known) return { ...known, at: last.at }
  const spending: Spending = { kind: settings.spending }
  const boundary = boundaryAt(information, alpha, spending)
  const futility = futilityAt(information, settings, spending)
  let table: PTable | undefined
  const look: PlannedLook = {
    number: taken.length,
    of: Math.max(looks, taken.length),
    informationFraction: last.informationFraction,
    at: last.at,
    boundary,
    ...(futility === undefined ? {} : { futilityBoundary: futility }),
    pValueOf: (z) => {
      table ??= tableOf(information, spending, alpha)
      return pValueIn(table, Math.abs(z))
    },
  }
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(key, look)
  return look
}

/** Looks change a few times in the life of an experiment, and are read all the time. */
const remembered = new Map<string, PlannedLook>()
const MOST_REMEMBERED = 200

/** Ascending strictly, at most 1. */
function fractionsOf(taken: readonly LookTaken[]): number[] {
  const fractions: number[] = []
  for (const { informationFraction } of taken) {
    const before = fractions.at(-1) ?? 0
    fractions.push(Math.max(Math.min(1, informationFraction), before + 1e-6))
  }
  return fractions
}

function boundaryAt(information: readonly number[], alpha: number, spending: Spending): number {
  return efficacyBoundaries({ information, alpha, sides: 2, spending }).at(-1) ?? Number.NaN
}

/** Not binding: who goes on nevertheless errs no more often. None at the end, where the test decides. */
function futilityAt(
  information: readonly number[],
  { alpha, looks }: AnalysisSettings,
  spending: Spending,
): number | undefined {
  const here = information.length
  const reached = information.at(-1) ?? 1
  if (reached >= 1) return undefined
  const toCome = Array.from({ length: looks }, (_, i) => (i + 1) / looks).filter((at) => at > reached + 1e-9)
  const planned = [...information, ...(toCome.at(-1) === 1 ? toCome : [...toCome, 1])]
  const { futility } = futilityBoundaries({
    information: planned,
    alpha,
    sides: 2,
    spending,
    beta: 1 - POWER,
    betaSpending: spending,
    isBinding: false,
  })
  const found = futility[here - 1]
  return found !== undefined && found > 0 ? found : undefined
}

interface PTable {
  /** Boundaries, descending as p rises. */
  readonly boundaries: readonly number[]
  readonly logP: readonly number[]
}

/** Boundaries of many alphas, the experiment's own among them: there p is exact. */
function tableOf(information: readonly number[], spending: Spending, alpha: number): PTable {
  const from = Math.log(TABLE_FROM)
  const count = Math.ceil((-from / Math.LN10) * NODES_PER_DECADE)
  const nodes = Array.from({ length: count }, (_, i) => from - (from * i) / count)
  const logP = [...nodes, Math.log(alpha)].toSorted((a, b) => a - b)
  return { logP, boundaries: logP.map((each) => boundaryAt(information, Math.exp(each), spending)) }
}

/** log p is nearly a parabola in the boundary: three neighbours give it. */
function pValueIn({ boundaries, logP }: PTable, z: number): number {
  const last = boundaries.length - 1
  if (z >= (boundaries[0] ?? 0)) return Math.exp(logP[0] ?? 0)
  if (z <= (boundaries[last] ?? 0)) return 1
  const above = boundaries.findIndex((boundary) => boundary <= z)
  const first = Math.min(Math.max(0, above - 1), last - 2)
  const x = [0, 1, 2].map((i) => boundaries[first + i] as number)
  const y = [0, 1, 2].map((i) => logP[first + i] as number)
  let sum = 0
  for (let i = 0; i < 3; i++) {
    let weight = 1
    for (let j = 0; j < 3; j++)
      if (j !== i) weight *= (z - (x[j] as number)) / ((x[i] as number) - (x[j] as number))
    sum += weight * (y[i] as number)
  }
  return Math.min(1, Math.exp(sum))
}
