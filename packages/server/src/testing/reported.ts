import { Helios, MAXIMUM_BATCH, manualClock } from '@helios/engine'
import { buildReport } from '../report/build-report.ts'
import type { Report } from '../report/report.ts'
import { readSource } from '../report/source.ts'

/** Noon of a Sunday in UTC; days are whole whatever the zone of the machine. */
export const STARTED = Date.parse('2026-03-01T12:00:00Z')
const DAY = 86_400_000

export interface ReportedExperiment {
  readonly key: string
  readonly name: string
  readonly hypothesis: string
  /** The first is the control. */
  readonly variants: readonly string[]
  readonly tags: readonly string[]
  /** Values of the dimension `plan`, by turns. */
  readonly plans: readonly string[]
  readonly why: string
  readonly units: number
  /** Of every hundred units of the last variant, so many are never seen. */
  readonly lost: number
  readonly days: number
}

export const WELCOME: ReportedExperiment = {
  key: 'welcome',
  name: 'Welcome tone',
  hypothesis: 'A warm welcome makes more people stay.',
  variants: ['Calm', 'Warm', 'Bold'],
  tags: ['spring'],
  plans: ['free', 'paid'],
  why: 'the plan of March',
  units: 3000,
  lost: 0,
  days: 8,
}

/** A Helios in memory in which the experiment ran: of the second variant 42 % stay, of the others 30 %. */
export async function heliosWith(made: ReportedExperiment): Promise<{ helios: Helios; now: number }> {
  const clock = manualClock(STARTED)
  const helios = await Helios.open({ clock, groupCommitMilliseconds: 0, latenessDays: 60 })
  await createExperiment(helios, made)
  if (made.units > 0) {
    await helios.experiments.start(made.key, { by: 'Ada', why: made.why })
    clock.set(STARTED + made.days * DAY)
    const events = eventsOf(made)
    for (let i = 0; i < events.length; i += MAXIMUM_BATCH)
      await helios.observe(events.slice(i, i + MAXIMUM_BATCH))
  }
  return { helios, now: clock.now() }
}

export async function createExperiment(helios: Helios, made: ReportedExperiment): Promise<void> {
  const { key, name, hypothesis, variants, tags, why, plans } = made
  await helios.metrics.create({ key: 'stayed', name: 'Stayed', kind: 'proportion', direction: 'increase' })
  await helios.metrics.create({
    key: 'seconds',
    name: 'Seconds',
    kind: 'mean',
    direction: 'decrease',
    unitOfMeasure: 's',
  })
  await helios.experiments.create(
    {
      key,
      name,
      hypothesis,
      tags: [...tags],
      variants: variants.map((each, i) => ({ key: `v${i}`, name: each, control: i === 0 })),
      metrics: { primary: ['stayed'], guardrails: ['seconds'] },
      dimensions: plans.length > 0 ? ['plan'] : [],
      analysis: { method: 'always-valid' },
      minimumSample: 100,
    },
    { by: 'Ada', why },
  )
}

/** One exposure per unit, evenly over the days, and its outcomes a minute later. */
export function eventsOf({ key, variants, units, plans, lost, days }: ReportedExperiment): object[] {
  return Array.from({ length: units }, (_, i) => i).flatMap((i) => {
    const variant = i % variants.length
    const isLast = variant === variants.length - 1
    if (isLast && (Math.floor(i / variants.length) * 37) % 100 < lost) return []
    const unit = `u${i}`
    const at = STARTED + Math.floor((i / units) * days * DAY)
    const plan = plans[Math.floor(i / variants.length) % Math.max(1, plans.length)]
    const stays = mixed(i) < (variant === 1 ? 0.42 : 0.3)
    return [
      {
        type: 'exposure',
        id: `e${i}`,
        unit,
        experiment: key,
        variant: `v${variant}`,
        at,
        ...(plan === undefined ? {} : { dimensions: { plan } }),
      },
      ...(stays ? [{ id: `s${i}`, unit, metric: 'stayed', value: 1, at: at + 60_000 }] : []),
      { id: `t${i}`, unit, metric: 'seconds', value: 2 + mixed(i + units), at: at + 60_000 },
    ]
  })
}

/** In [0, 1), the same for the same number (a multiplicative hash of Knuth's). */
function mixed(i: number): number {
  return (Math.imul(i + 1, 2_654_435_761) >>> 0) / 2 ** 32
}

/** The report of it, made when it had run. */
export async function reportOf(changes: Partial<ReportedExperiment> = {}): Promise<Report> {
  const made = { ...WELCOME, ...changes }
  const { helios, now } = await heliosWith(made)
  try {
    return buildReport(await readSource(helios, made.key, { at: now, release: '0.1.0' }))
  } finally {
    await helios.close()
  }
}
