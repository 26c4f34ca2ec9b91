import type { Helios } from '@helios/engine'
import type { Receipt } from '@helios/sdk'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What the server counts about itself, in the words of Prometheus. */
export interface Telemetry {
  readonly registry: Registry
  countRequest(method: string, route: string, status: number, seconds: number): void
  countEvents(receipt: Receipt): void
}

interface Measured {
  readonly helios: Helios
  readonly stream: { readonly size: number }
}

const LATENCY_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** @param withProcess also measure memory, processor and event loop of this process */
export function createTelemetry({ helios, stream }: Measured, withProcess: boolean): Telemetry {
  const registry = new Registry()
  if (withProcess) collectDefaultMetrics({ register: registry })
  gaugeStatus(registry, helios)
  gaugeListeners(registry, stream)
  return { registry, countRequest: requestCounter(registry), countEvents: eventCounter(registry) }
}

function requestCounter(registry: Registry): Telemetry['countRequest'] {
  const histogram = new Histogram({
    name: 'helios_http_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: LATENCY_BUCKETS_SECONDS,
    registers: [registry],
  })
  // Finding a series by its labels costs more than adding to it.
  const series = new Map<string, ReturnType<typeof histogram.labels>>()
  return (method, route, status, seconds) => {
    const name = `${method} ${route} ${status}`
    let one = series.get(name)
    if (!one) {
      one = histogram.labels(method, route, String(status))
      series.set(name, one)
    }
    one.observe(seconds)
  }
}

function eventCounter(registry: Registry): Telemetry['countEvents'] {
  const registers = [registry]
  const accepted = new Counter({
    name: 'helios_events_accepted_total',
    help: 'Events that became durable.',
    registers,
  })
  const duplicate = new Counter({
    name: 'helios_events_duplicate_total',
    help: 'Events known already.',
    registers,
  })
  const rejected = new Counter({
    name: 'helios_events_rejected_total',
    help: 'Events refused, by the code of the reason.',
    labelNames: ['code'],
    registers,
  })
  return (receipt) => {
    accepted.inc(receipt.accepted)
    duplicate.inc(receipt.duplicates.length)
    for (const { code } of receipt.rejected) rejected.inc({ code })
  }
}

function gaugeStatus(registry: Registry, helios: Helios): void {
  const gauges = {
    helios_log_position: ['Number of the last event in the log.', 'position'],
    helios_snapshot_position: ['Log position that the latest snapshot covers.', 'snapshotPosition'],
    helios_units: ['Units ever seen.', 'units'],
    helios_experiments: ['Experiments of any status.', 'experiments'],
    helios_state_bytes: ['Memory that the learning state takes.', 'bytes'],
  } as const
  for (const [name, [help, field]] of Object.entries(gauges)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(helios.status()[field])
      },
    })
  }
}

function gaugeListeners(registry: Registry, stream: Measured['stream']): void {
  new Gauge({
    name: 'helios_stream_listeners',
    help: 'Clients that listen to the live stream.',
    registers: [registry],
    collect() {
      this.set(stream.size)
    },
  })
}
