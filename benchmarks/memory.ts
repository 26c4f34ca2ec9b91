import { Helios } from '@helios/engine'
import { option, report } from './measure.ts'
import { EXPERIMENT, Traffic, temporaryStore } from './traffic.ts'

/**
 * Memory per unit with four metrics: growth of the resident set of a process that takes in exposures and
 * four outcomes per unit, after a garbage collection. Run through `npm run bench` (needs --expose-gc).
 * Option: --units.
 */
const units = option('units', 1_000_000)
const SIZE = 10_000

function resident(): { rss: number; heap: number } {
  for (let i = 0; i < 4; i++) globalThis.gc?.()
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  return { rss, heap: heapUsed + arrayBuffers }
}

const helios = await Helios.open({ path: temporaryStore(), eventsBetweenSnapshots: Number.POSITIVE_INFINITY })
await helios.experiments.create(EXPERIMENT)
await helios.experiments.start(EXPERIMENT.key)
const traffic = new Traffic(units)
// Statement caches, compiled code and SQLite's own page cache are there before the first unit counts.
const before = resident()
for (let from = 0; from < units; from += SIZE) {
  await helios.observe(traffic.exposures(from, Math.min(units, from + SIZE), EXPERIMENT.key, Date.now()))
}
for (let sent = 0; sent < units * 4; sent += SIZE) await helios.observe(traffic.outcomes(SIZE, Date.now()))
// Ids of the last seconds are kept to tell duplicates; that depends on the rate, not on the units.
const { bytes: projections, idBytes } = helios.status()
const after = resident()
report('Memory per unit with four metrics', {
  units,
  'bytes per unit, projections by their own count': projections / units,
  'bytes per unit, growth of heap and buffers without ids': (after.heap - before.heap - idBytes) / units,
  'bytes per unit, growth of the resident set': (after.rss - before.rss) / units,
  'ids of the last seconds, MiB': idBytes / 2 ** 20,
  'resident set, MiB': after.rss / 2 ** 20,
  'target bytes per unit, at most': 250,
})
await helios.close()
