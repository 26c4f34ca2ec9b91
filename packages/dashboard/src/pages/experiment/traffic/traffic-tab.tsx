import { type ChartTheme, exposuresPerHour } from '@helios/charts'
import type { Experiment, Traffic } from '@helios/sdk'
import { Skeleton } from '@mantine/core'
import { IconTrafficCone } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useAnalysis, useTraffic } from '../../../api/queries.ts'
import { useNow } from '../../../lib/time.ts'
import { Chart } from '../../../parts/chart.tsx'
import { Empty, Failure } from '../../../parts/states.tsx'
import { NotStarted } from '../results/not-started.tsx'
import { Section } from '../section.tsx'
import { pluralOf } from '../words.ts'
import { Crossover, Strata } from './checks.tsx'
import { UnitsCheck } from './units-check.tsx'

interface Props {
  readonly experiment: Experiment
}

/** How units came in, and whether the variants got those they should. */
export function TrafficTab({ experiment }: Props) {
  const traffic = useTraffic(experiment.key)
  const analysis = useAnalysis(experiment.key)
  if (experiment.status === 'draft') return <NotStarted experiment={experiment} />
  const failed = [traffic, analysis].find(({ isError, data }) => isError && data === undefined)
  if (failed !== undefined) return <Failure error={failed.error} onRetry={() => void failed.refetch()} />
  if (traffic.data === undefined || analysis.data === undefined) {
    return (
      <div role="status" aria-label="Loading the traffic">
        <Skeleton height={340} radius="lg" mb="lg" />
        <Skeleton height={220} radius="lg" />
      </div>
    )
  }
  if (analysis.data.units === 0) {
    return (
      <Empty icon={IconTrafficCone} title="No traffic yet">
        A {experiment.unit} counts from its first exposure on: the moment it really meets a variant. Check
        that your service sends exposures, with a key that has the scope “ingest”.
      </Empty>
    )
  }
  return (
    <>
      <Arrivals experiment={experiment} traffic={traffic.data} />
      <UnitsCheck experiment={experiment} analysis={analysis.data} />
      <Strata experiment={experiment} analysis={analysis.data} />
      <Crossover experiment={experiment} analysis={analysis.data} />
    </>
  )
}

const HOUR_MILLISECONDS = 3_600_000

function Arrivals({ experiment, traffic }: Props & { readonly traffic: Traffic }) {
  const { variants, control, unit, endedAt } = experiment
  const present = useNow()
  // By the hour, so that the chart is not drawn again with each half minute that passes.
  const now = Math.floor((endedAt ?? present) / HOUR_MILLISECONDS) * HOUR_MILLISECONDS
  const make = useCallback(
    (theme: ChartTheme) => exposuresPerHour({ traffic, variants, control, theme, now }),
    [traffic, variants, control, now],
  )
  return (
    <Section
      title={`New ${pluralOf(unit)} over time`}
      lead={`Each ${unit} at its first exposure, by variant. Hours without any are gaps in traffic, not in the record.`}
    >
      <Chart make={make} label={`New ${pluralOf(unit)} over time`} />
    </Section>
  )
}
