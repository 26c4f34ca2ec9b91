import { Helios } from '@helios/engine'
import { option, report, Stopwatch } from './measure.ts'
import { dimensionNames, EXPERIMENT, Traffic, temporaryStore } from './traffic.ts'

/**
 * Durable ingestion through the library: batches of 1,000 outcomes, each acknowledged when it is flushed
 * to disk. Making the events is not timed. Options: --events, --units, --batch,
 * --dimensions (how many the experiment declares; 0 when absent).
 */
const events = option('events', 2_000_000)
const units = option('units', 1_000_000)
const size = option('batch', 1000)
const dimensions = option('dimensions', 0)
/** Batches in flight, as concurrent senders have them. */
const CONCURRENT = 4

const helios = await Helios.open({ path: temporaryStore() })
await helios.experiments.create({ ...EXPERIMENT, dimensions: dimensionNames(dimensions) })
await helios.experiments.start(EXPERIMENT.key)
const traffic = new Traffic(units, dimensions)

const exposing = new Stopwatch()
for (let from = 0; from < units; from += size * CONCURRENT) {
  const batches = Array.from({ length: CONCURRENT }, (_, i) => {
    const start = Math.min(units, from + i * size)
    return traffic.exposures(start, Math.min(units, start + size), EXPERIMENT.key, Date.now())
  })
  await exposing.time(() => Promise.all(batches.map((batch) => helios.observe(batch))))
}

const observing = new Stopwatch()
let acknowledged = 0
for (let done = 0; done < events; done += size * CONCURRENT) {
  const batches = Array.from({ length: CONCURRENT }, () => traffic.outcomes(size, Date.now()))
  const receipts = await observing.time(() => Promise.all(batches.map((batch) => helios.observe(batch))))
  for (const { accepted } of receipts) acknowledged += accepted
}
if (acknowledged < events) throw new Error(`Only ${acknowledged} of ${events} events were accepted`)

report('Durable ingestion through the engine', {
  outcomes: acknowledged,
  units,
  dimensions,
  'outcomes per CPU-second': acknowledged / observing.cpu,
  'outcomes per second, wall': acknowledged / observing.wall,
  'exposures per CPU-second': units / exposing.cpu,
  'target, outcomes per CPU-second': 250_000,
})
await helios.close()
