import type { Helios } from '@helios/engine'
import type { ExperimentStatus, Overview } from '@helios/sdk'
import { STATUSES } from './schemas/experiments.ts'
import { storeBytes, storeName } from './store-file.ts'

interface Parts {
  readonly helios: Helios
  readonly version: string
  readonly storePath: string
}

/** What is running, in numbers: for the start page and the dashboard. */
export function overviewOf({ helios, version, storePath }: Parts): Overview {
  const { position, units, bytes, snapshotPosition } = helios.status()
  return {
    version,
    uptimeSeconds: Math.round(process.uptime()),
    experiments: countByStatus(helios),
    // The log numbers accepted events from 1 without gaps, so its position is their count.
    events: position,
    units,
    stateBytes: bytes,
    store: { name: storeName(storePath), bytes: storeBytes(storePath), position, snapshotPosition },
  }
}

function countByStatus(helios: Helios): Record<ExperimentStatus, number> {
  const experiments = helios.experiments.list()
  const count = (status: ExperimentStatus): number =>
    experiments.filter((one) => one.status === status).length
  return Object.fromEntries(STATUSES.map((status) => [status, count(status)])) as Record<
    ExperimentStatus,
    number
  >
}
