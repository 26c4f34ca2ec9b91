import { type ChartTheme, exposuresPerHour } from '@helios/charts'
import { formatCount, formatPercent, formatPValue } from '@helios/charts/format'
import type { Analysis, Experiment, StratumCheck, Traffic } from '@helios/sdk'
import { Skeleton, Stack } from '@mantine/core'
import { IconTrafficCone } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useAnalysis, useTraffic } from '../../../api/queries.ts'
import { useNow } from '../../../lib/time.ts'
import { Chart } from '../../../parts/chart.tsx'
import { NumberWithMethod } from '../../../parts/figure-number.tsx'
import { Empty, Failure } from '../../../parts/states.tsx'
import { NotStarted } from '../results/not-started.tsx'
import { Section } from '../section.tsx'
import { capital, isolated, nameOfVariant, pluralOf } from '../words.ts'
import { CheckLine } from './check-line.tsx'
import { crossoverInWords, stratumInWords } from './check-words.ts'
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

interface CheckProps extends Props {
  readonly analysis: Analysis
}

function Strata({ experiment, analysis: { sampleRatio } }: CheckProps) {
  const { strata = [] } = sampleRatio
  if (strata.length === 0) return null
  return (
    <Section
      title="The same shares throughout"
      lead="Shares that change while an experiment runs mix what differs between days into the effect."
    >
      <Stack gap="md">
        {strata.map((check) => (
          <div key={check.name}>
            <CheckLine check={stratumInWords(check, experiment.analysis)} />
            <Worst check={check} experiment={experiment} />
          </div>
        ))}
      </Stack>
    </Section>
  )
}

const MOST_COUNTS = 6

function Worst({ check, experiment }: { readonly check: StratumCheck; readonly experiment: Experiment }) {
  if (check.worst.length === 0) return null
  return (
    <details style={{ marginTop: 8, fontSize: 14 }}>
      <summary style={{ cursor: 'pointer' }}>Where the shares depart most</summary>
      <ul style={{ lineHeight: 1.6, overflowWrap: 'anywhere' }}>
        {check.worst.map(({ stratum, counts, pValue }) => (
          <li key={stratum}>
            {stratum}: {countsInWords(counts, experiment)}{' '}
            <NumberWithMethod
              value={formatPValue(pValue)}
              method={`Pearson’s chi-square of this ${check.name} against the shares of all of them.`}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}

function countsInWords(counts: Readonly<Record<string, number>>, experiment: Experiment): string {
  const named = Object.entries(counts)
    .slice(0, MOST_COUNTS)
    .map(([key, count]) => `${isolated(nameOfVariant(experiment, key))} ${formatCount(count)}`)
  return named.join(', ')
}

function Crossover({ experiment, analysis }: CheckProps) {
  const { units, share } = analysis.crossover
  const { unit } = experiment
  return (
    <Section
      title={`${capital(pluralOf(unit))} seen in more than one variant`}
      lead={
        <NumberWithMethod
          value={`${formatCount(units)} of ${formatCount(analysis.units)} (${formatPercent(share)})`}
          method={`Different ${pluralOf(unit)} with exposures to two variants or more, divided by all that met one.`}
        />
      }
    >
      <CheckLine check={crossoverInWords(analysis, experiment.analysis)} />
    </Section>
  )
}
