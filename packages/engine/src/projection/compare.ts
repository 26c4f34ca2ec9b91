import type { ExperimentTotals } from './experiment-totals.ts'
import type { Projection } from './projection.ts'
import type { Segments } from './segments.ts'

const MAXIMUM_DIFFERENCES = 20

/** Where two projections of the same log differ, in words; equal bits are expected, not near ones. */
export function compareProjections(a: Projection, b: Projection): string[] {
  const differences: string[] = []
  const note = (what: string, left: unknown, right: unknown) => {
    if (!Object.is(left, right) && differences.length < MAXIMUM_DIFFERENCES)
      differences.push(`${what}: ${left} and ${right}`)
  }
  note('position', a.position, b.position)
  note('units', a.units.count, b.units.count)
  note('experiments', a.experiments.length, b.experiments.length)
  note('aliases', a.aliases.count, b.aliases.count)
  for (let unit = 0; a.aliases.count > 0 && unit < a.units.count; unit++)
    note(`unit ${unit} is`, a.aliases.resolve(unit), b.aliases.resolve(unit))
  for (const left of a.experiments) {
    const right = b.totalsOf(left.key)
    if (right) compareTotals(left, right, note)
    else note(left.key, 'present', 'absent')
  }
  return differences
}

type Note = (what: string, left: unknown, right: unknown) => void

function compareTotals(left: ExperimentTotals, right: ExperimentTotals, note: Note): void {
  const { key } = left
  note(`${key} units`, left.count, right.count)
  note(`${key} crossovers`, left.crossovers, right.crossovers)
  note(`${key} counts`, left.counts().join(), right.counts().join())
  note(`${key} arrivals`, left.arrivals.numbers().join(), right.arrivals.numbers().join())
  note(`${key} history`, left.history.numbers().join(), right.history.numbers().join())
  note(`${key} segments`, describe(left.segments), describe(right.segments))
  for (let slot = 0; slot < Math.min(left.count, right.count); slot++) compareSlot(left, right, slot, note)
  for (const [i, moments] of left.moments.entries()) {
    const numbers = right.moments[i]?.numbers()
    note(`${key} statistics ${moments.plan.key}`, moments.numbers().join(), numbers?.join())
  }
}

function describe(segments: Segments | undefined): string {
  return segments ? `${JSON.stringify(segments.header())} ${segments.numbers().join()}` : 'none'
}

function compareSlot(left: ExperimentTotals, right: ExperimentTotals, slot: number, note: Note): void {
  const what = `${left.key} slot ${slot}`
  note(`${what} unit`, left.unit[slot], right.unit[slot])
  note(`${what} variant`, left.variantOf(slot), right.variantOf(slot))
  note(`${what} exposed at`, left.exposedAt[slot], right.exposedAt[slot])
  note(`${what} crossed`, left.isCrossed(slot), right.isCrossed(slot))
  note(`${what} withdrawn`, left.isWithdrawn(slot), right.isWithdrawn(slot))
  note(`${what} segments`, left.segments?.combinationOf(slot), right.segments?.combinationOf(slot))
  for (const [i, column] of left.columns.entries()) {
    note(`${what} column ${i}`, column.valueOf(slot), right.columns[i]?.valueOf(slot))
  }
}
