import { Helios } from '@helios/engine'
import { median, option, report } from './measure.ts'
import { Traffic, temporaryStore } from './traffic.ts'

/**
 * The list of experiments: 200 with 20 metrics each, of which none or one changed since the list was read.
 * Also the readings of one experiment that look into its past. Options: --experiments, --metrics, --units.
 */
const experiments = option('experiments', 200)
const metrics = option('metrics', 20)
const units = option('units', 1000)
const READS = 500

const helios = await Helios.open({ path: temporaryStore() })
const traffic = new Traffic(units)
const keys = Array.from({ length: metrics }, (_, i) => `metric-${i}`)
for (const key of keys) await helios.metrics.create({ key, kind: 'mean', source: 'clicks' })
const variants = [{ key: 'control', control: true }, { key: 'treatment' }]
for (let i = 0; i < experiments; i++) {
  const key = `experiment-${i}`
  await helios.experiments.create({ key, variants, metrics: { primary: keys } })
  await helios.experiments.start(key)
  await helios.observe(traffic.exposures(0, units, key, Date.now()))
}
await helios.observe(traffic.outcomes(units * 4, Date.now()))

/** Median microseconds of `work`, each time after `before`. */
async function time(before: () => Promise<unknown>, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < READS; i++) {
    await before()
    const start = performance.now()
    await work()
    times.push((performance.now() - start) * 1000)
  }
  return median(times)
}

const [{ unit } = { unit: '' }] = traffic.outcomes(1, Date.now())
const nothing = async () => {}
/** One more outcome of a unit that takes part everywhere. */
const change = () => {
  const now = Date.now()
  return helios.observe([{ id: traffic.id(now), unit, metric: 'clicks', value: 1, at: now }])
}
helios.summaries()
const unchanged = await time(nothing, () => helios.summaries())
const single = await time(change, () => helios.summary('experiment-0'))
const history = await time(nothing, () => helios.history('experiment-0', keys[0] as string))

report('The list of experiments', {
  experiments,
  'metrics per experiment': metrics,
  'microseconds, none changed': unchanged,
  'microseconds, one that changed': single,
  'microseconds, one history': history,
  'target microseconds, none changed, below': 1000,
})
await helios.close()
