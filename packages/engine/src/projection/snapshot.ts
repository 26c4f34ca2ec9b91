import type { Experiment } from '../experiment.ts'
import { aligned, bytesOf, joined, NumberReader } from './arrays.ts'
import type { ExperimentTotals } from './experiment-totals.ts'
import type { ProjectionPlan } from './plan.ts'
import type { Projection } from './projection.ts'
import type { SegmentsHeader } from './segments.ts'

type Part = [name: string, bytes: Uint8Array]
type Load = (name: string) => Promise<Uint8Array | undefined>

/** Raised when the parts change; a snapshot of another form is passed over, and the log replayed. */
const FORM = 3
export const SNAPSHOT_PREFIX = 'projection/'
const encoder = new TextEncoder()
const decoder = new TextDecoder()

interface Header {
  /** Absent in the first form. */
  readonly form?: number
  readonly position: number
  readonly latenessMilliseconds: number
  readonly names: readonly string[]
  readonly experiments: readonly ExperimentHeader[]
}

interface ExperimentHeader {
  readonly key: string
  readonly signature: string
  readonly count: number
  readonly variants: number
  readonly crossovers: number
  readonly segments?: SegmentsHeader
}

/** The projection as named parts; the arrays are views, to be written before the next event is applied. */
export function snapshotParts(projection: Projection, latenessMilliseconds: number): Part[] {
  const [offsets, arena] = projection.units.snapshot()
  const header: Header = {
    form: FORM,
    position: projection.position,
    latenessMilliseconds,
    names: Array.from({ length: projection.nameCount }, (_, i) => projection.nameOf(i)),
    experiments: projection.experiments.map(headerOf),
  }
  const parts: Part[] = [
    ['header', encoder.encode(JSON.stringify(header))],
    ['units/offsets', offsets as Uint8Array],
    ['units/texts', arena as Uint8Array],
    ['aliases', projection.aliases.snapshot()],
    ...projection.recent.snapshot().map(([name, bytes]): Part => [`recent/${name}`, bytes]),
    ...projection.experiments.flatMap(partsOf),
  ]
  return parts.map(([name, bytes]) => [SNAPSHOT_PREFIX + name, bytes])
}

function headerOf(totals: ExperimentTotals): ExperimentHeader {
  return {
    key: totals.key,
    signature: totals.plan.signature,
    count: totals.count,
    variants: totals.variants,
    crossovers: totals.crossovers,
    ...(totals.segments ? { segments: totals.segments.header() } : {}),
  }
}

function partsOf(totals: ExperimentTotals): Part[] {
  const { count } = totals
  const name = (part: string) => `experiments/${totals.key}/${part}`
  const columns = totals.columns.flatMap((column, i): Part[] => {
    const [value, second] = column.snapshot(count)
    return [
      [name(`columns/${i}`), value],
      [name(`columns/${i}/second`), second],
    ]
  })
  const numbers = joined([
    totals.arrivals.numbers(),
    totals.history.numbers(),
    ...totals.moments.flatMap((moments) => moments.numbers()),
  ])
  const segments = totals.segments?.numbers()
  return [
    [name('unit'), bytesOf(totals.unit, count)],
    [name('exposedAt'), bytesOf(totals.exposedAt, count)],
    [name('facts'), bytesOf(totals.facts, totals.facts.length)],
    ...columns,
    [name('numbers'), bytesOf(numbers)],
    ...(totals.segments && segments
      ? ([
          [name('segments'), bytesOf(segments)],
          [name('segments/slots'), totals.segments.ofSlots(count)],
        ] satisfies Part[])
      : []),
  ]
}

/**
 * Fills an empty projection from a snapshot. False, with the projection untouched, when the snapshot does
 * not fit what is to be computed now: then the log has to be replayed.
 */
export async function restoreSnapshot(
  projection: Projection,
  latenessMilliseconds: number,
  experiments: readonly { readonly experiment: Experiment; readonly plan: ProjectionPlan }[],
  load: Load,
): Promise<boolean> {
  const bytes = await load(`${SNAPSHOT_PREFIX}header`)
  if (!bytes) return false
  const header = JSON.parse(decoder.decode(bytes)) as Header
  if (header.form !== FORM) return false
  const plans = new Map(experiments.map((each) => [each.experiment.key, each]))
  const fits = header.experiments.every(
    ({ key, signature, variants }) =>
      plans.get(key)?.plan.signature === signature && plans.get(key)?.experiment.variants.length === variants,
  )
  const isComplete = experiments.every(
    ({ experiment, plan }) =>
      header.experiments.some(({ key }) => key === experiment.key) ||
      (plan.covariateMilliseconds === 0 && (experiment.startedPosition ?? 0) >= header.position),
  )
  if (!fits || !isComplete || header.latenessMilliseconds !== latenessMilliseconds) return false
  const part = loader(load)
  projection.units.restore(await part('units/offsets'), await part('units/texts'))
  projection.aliases.restore(await part('aliases'))
  for (const name of header.names) projection.nameId(name)
  await restoreRecent(projection, part)
  for (const each of header.experiments) {
    const { experiment, plan } = plans.get(each.key) as (typeof experiments)[number]
    await restoreTotals(projection.track(experiment, plan), each, part)
  }
  projection.relink()
  projection.position = header.position
  return true
}

function loader(load: Load): (name: string) => Promise<Uint8Array> {
  return async (name) => {
    const bytes = await load(SNAPSHOT_PREFIX + name)
    if (!bytes) throw new Error(`The snapshot lacks ${name}`)
    return bytes
  }
}

async function restoreRecent(
  projection: Projection,
  part: (name: string) => Promise<Uint8Array>,
): Promise<void> {
  const names = projection.recent.snapshot().map(([name]) => name)
  const parts = new Map<string, Uint8Array>()
  for (const name of names) parts.set(name, await part(`recent/${name}`))
  projection.recent.restore((name) => parts.get(name) as Uint8Array)
}

async function restoreTotals(
  totals: ExperimentTotals,
  header: ExperimentHeader,
  part: (name: string) => Promise<Uint8Array>,
): Promise<void> {
  const get = (name: string) => part(`experiments/${header.key}/${name}`)
  totals.restoreUnits(
    new Uint32Array(aligned(await get('unit'))),
    new Float64Array(aligned(await get('exposedAt'))),
    new Uint32Array(aligned(await get('facts'))),
  )
  totals.crossovers = header.crossovers
  for (const [i, column] of totals.columns.entries()) {
    column.restore(await get(`columns/${i}`), await get(`columns/${i}/second`))
    column.resize(totals.unit.length)
  }
  const numbers = new NumberReader(new Float64Array(aligned(await get('numbers'))))
  for (const each of [totals.arrivals, totals.history, ...totals.moments]) each.restore(numbers)
  if (!totals.segments || !header.segments) return
  totals.segments.restore(
    header.segments,
    new Float64Array(aligned(await get('segments'))),
    new Uint32Array(aligned(await get('segments/slots'))),
  )
}
