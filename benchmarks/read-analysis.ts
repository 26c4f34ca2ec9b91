import { Helios } from '@helios/engine'
import { median, option, report } from './measure.ts'
import { EXPERIMENT, Traffic, temporaryStore } from './traffic.ts'

/**
 * Reading an analysis after 1 million and after 10 million outcomes: it must take the same time, as it
 * reads sufficient statistics. Options: --small, --large, --units.
 */
const small = option('small', 1_000_000)
const large = option('large', 10_000_000)
const units = option('units', 1_000_000)
const SIZE = 10_000
const READS = 2000

const helios = await Helios.open({ path: temporaryStore() })
await helios.experiments.create(EXPERIMENT)
await helios.experiments.start(EXPERIMENT.key)
const traffic = new Traffic(units)
for (let from = 0; from < units; from += SIZE) {
  await helios.observe(traffic.exposures(from, Math.min(units, from + SIZE), EXPERIMENT.key, Date.now()))
}

let sent = 0
async function sendUpTo(outcomes: number): Promise<void> {
  for (; sent < outcomes; sent += SIZE) {
    await helios.observe(traffic.outcomes(SIZE, Date.now()))
    if (sent % 500_000 === 0 && process.stderr.isTTY)
      process.stderr.write(`\r${sent.toLocaleString('en')} outcomes`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** Median microseconds of one read. */
async function read(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < READS; i++) {
    const start = performance.now()
    await helios.analyse(EXPERIMENT.key)
    times.push((performance.now() - start) * 1000)
  }
  return median(times)
}

await sendUpTo(small)
await read()
const afterSmall = await read()
await sendUpTo(large)
await read()
const afterLarge = await read()

report('Reading an analysis (2 variants × 4 metrics)', {
  units,
  [`microseconds after ${small.toLocaleString('en')} outcomes`]: afterSmall,
  [`microseconds after ${large.toLocaleString('en')} outcomes`]: afterLarge,
  ratio: afterLarge / afterSmall,
  'target ratio, at most': 1.5,
  'target microseconds, at most': 1000,
})
await helios.close()
