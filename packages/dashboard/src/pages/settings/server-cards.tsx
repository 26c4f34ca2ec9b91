import { formatBytes, formatCount, formatDuration } from '@helios/charts/format'
import type { Overview } from '@helios/sdk'
import { useInterval } from '@mantine/hooks'
import type { UseQueryResult } from '@tanstack/react-query'
import { useOverview } from '../../api/queries.ts'
import { Explained } from '../../parts/explained.tsx'
import { Fact, SettingsCard } from './card.tsx'
import classes from './settings.module.css'

const REFRESH_MILLISECONDS = 5000

/** Numbers of the server, asked for again while they are looked at. */
export function useLiveOverview(): UseQueryResult<Overview> {
  const overview = useOverview()
  const { refetch } = overview
  useInterval(
    () => {
      if (!document.hidden) void refetch()
    },
    REFRESH_MILLISECONDS,
    { autoInvoke: true },
  )
  return overview
}

export function ServerCard({ overview }: { readonly overview: Overview }) {
  const { version, uptimeSeconds, experiments, events, units, stateBytes } = overview
  const all = Object.values(experiments).reduce((sum, count) => sum + count, 0)
  return (
    <SettingsCard title="Server">
      <dl className={classes.facts}>
        <Fact label="Release">{version}</Fact>
        <Fact label="Running for">{formatDuration(uptimeSeconds * 1000)}</Fact>
        <Fact label="Experiments">
          <Explained how="All that were ever made and not deleted; the first number counts those that give out variants now.">
            {formatCount(experiments.running)} running of {formatCount(all)}
          </Explained>
        </Fact>
        <Fact label="Events">
          <Explained how="Exposures, outcomes and identities that are durable. Each id is counted once, however often it was sent.">
            {formatCount(events)}
          </Explained>
        </Fact>
        <Fact label="Units">
          <Explained how="Different users, conversations or whatever is randomised, over all experiments.">
            {formatCount(units)}
          </Explained>
        </Fact>
        <Fact label="Memory of the learning state">
          <Explained how="Bytes of the running totals per unit and of the statistics per variant. The whole process takes more; see Prometheus.">
            {formatBytes(stateBytes)}
          </Explained>
        </Fact>
      </dl>
    </SettingsCard>
  )
}

export function StoreCard({ overview: { store } }: { readonly overview: Overview }) {
  const behind = store.position - store.snapshotPosition
  return (
    <SettingsCard title="Store">
      <dl className={classes.facts}>
        <Fact label="File">
          <bdi>{store.name}</bdi>
        </Fact>
        <Fact label="Size">
          <Explained how="Size on disk of the file with its journal. Nothing that was acknowledged is anywhere else.">
            {store.bytes === 0 ? 'In memory only' : formatBytes(store.bytes)}
          </Explained>
        </Fact>
        <Fact label="Position of the log">
          <Explained how="Number of the last event that was written; it only rises.">
            {formatCount(store.position)}
          </Explained>
        </Fact>
        <Fact label="Snapshot">
          <Explained how="Up to here the totals are saved. After a restart only what came later is gone through again.">
            {behind <= 0 ? 'Up to date' : `${formatCount(behind)} events behind`}
          </Explained>
        </Fact>
      </dl>
    </SettingsCard>
  )
}
