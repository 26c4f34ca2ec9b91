import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { Helios } from '@helios/engine'
import { runHelios, startServe } from '../packages/server/src/testing/process.ts'
import { option, report } from './measure.ts'
import { EXPERIMENT, Traffic, temporaryStore } from './traffic.ts'

/**
 * Acknowledged ingestion over HTTP in batches of 100, per CPU-second that the server process uses
 * (its own accounting, so the sender does not count). Linux. Options: --events, --units, --batch, --connections.
 */
const events = option('events', 1_000_000)
const units = option('units', 100_000)
const size = option('batch', 100)
const connections = option('connections', 32)
/** Bodies made ahead of each stretch of sending, which is what is timed. */
const STRETCH = 1000
const TICKS_PER_SECOND = 100

const store = temporaryStore()
const engine = await Helios.open({ path: store })
await engine.experiments.create(EXPERIMENT)
await engine.experiments.start(EXPERIMENT.key)
const traffic = new Traffic(units)
for (let from = 0; from < units; from += 10_000) {
  await engine.observe(traffic.exposures(from, Math.min(units, from + 10_000), EXPERIMENT.key, Date.now()))
}
await engine.close()
const made = await runHelios([
  'keys',
  'create',
  '--name',
  'benchmark',
  '--scopes',
  'ingest',
  '--path',
  store,
  '--json',
])
const { secret } = JSON.parse(made.stdout) as { secret: string }
const server = await startServe(store)
const agent = new Agent({ keepAlive: true, maxSockets: connections })

function send(body: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/json',
      'content-length': body.length,
    }
    const sending = request(
      `${server.ready.url}/v1/events`,
      { method: 'POST', agent, headers },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve((JSON.parse(Buffer.concat(chunks).toString()) as { accepted: number }).accepted),
        )
      },
    )
    sending.on('error', reject)
    sending.end(body)
  })
}

/** CPU seconds of the server process so far: fields 14 and 15 of /proc/PID/stat. */
function cpuSeconds(): number {
  const fields = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

async function sendAll(bodies: readonly Buffer[]): Promise<number> {
  let next = 0
  let accepted = 0
  const sender = async () => {
    while (next < bodies.length) {
      const acknowledged = await send(bodies[next++] as Buffer)
      accepted += acknowledged
    }
  }
  await Promise.all(Array.from({ length: connections }, sender))
  return accepted
}

const bodiesOf = (count: number) =>
  Array.from({ length: count }, () => Buffer.from(JSON.stringify(traffic.outcomes(size, Date.now()))))

let [accepted, cpu, wall] = [0, 0, 0]
await sendAll(bodiesOf(300)) // Compiles the code.
while (accepted < events) {
  const bodies = bodiesOf(STRETCH)
  const [before, start] = [cpuSeconds(), performance.now()]
  const acknowledged = await sendAll(bodies)
  accepted += acknowledged
  wall += (performance.now() - start) / 1e3
  cpu += cpuSeconds() - before
}
agent.destroy()
await server.stop('SIGTERM')
report('Acknowledged ingestion over HTTP', {
  'events acknowledged': accepted,
  'events a batch': size,
  connections,
  'events per CPU-second of the server': accepted / cpu,
  'events per second, wall, sender on the same machine': accepted / wall,
  'target, events per CPU-second': 150_000,
})
