import { type ChartTheme, effectOverTime, metricOverTime } from '@helios/charts'
import { PLAIN, styleOfMetric } from '@helios/charts/format'
import type { Experiment, InferenceMethod, Metric, MetricHistory } from '@helios/sdk'
import { SegmentedControl, Skeleton, Text } from '@mantine/core'
import { useCallback } from 'react'
import { useHistory } from '../../../api/queries.ts'
import { Chart } from '../../../parts/chart.tsx'
import { Failure } from '../../../parts/states.tsx'
import { MetricSelect, useMetricChoice } from '../metric-select.tsx'
import { Section } from '../section.tsx'
import { useChoice } from '../use-choice.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import { ScaleSwitch, useScale } from './scale-switch.tsx'

const LEADS: Readonly<Record<InferenceMethod, string>> = {
  'always-valid':
    'What a reader would have seen at each moment. The bands hold at all moments together: looking whenever you like, and stopping when you like, is fine.',
  'mixture-sprt':
    'What a reader would have seen at each moment. The bands hold at all moments together: looking whenever you like, and stopping when you like, is fine.',
  'group-sequential':
    'What each of the planned looks showed. The intervals hold at all of them together; between two looks nothing new is read.',
  'fixed-horizon':
    'What a reader would have seen at each moment. Each interval holds for one look: whoever waits for the moment at which one leaves zero finds differences that are not there.',
}

interface Props {
  readonly experiment: Experiment
  readonly catalogue: Catalogue
  readonly evenIfMisleading: boolean
}

/** How one metric developed: the difference of each variant, or the variants themselves. */
export function OverTime({ experiment, catalogue, evenIfMisleading }: Props) {
  const [metric, setMetric] = useMetricChoice(experiment)
  const [what = 'effect', setWhat] = useChoice('over-time', ['effect', 'values'])
  if (metric === undefined) return null
  return (
    <Section
      title="Over time"
      lead={LEADS[experiment.analysis.method]}
      controls={
        <>
          <MetricSelect experiment={experiment} catalogue={catalogue} value={metric} onChange={setMetric} />
          <SegmentedControl
            size="xs"
            aria-label="What is drawn over time"
            data={[
              { value: 'effect', label: 'Difference' },
              { value: 'values', label: 'Variants' },
            ]}
            value={what}
            onChange={(value) => setWhat(value === 'values' ? 'values' : 'effect')}
          />
          {what === 'effect' ? <ScaleSwitch of="over time" /> : null}
        </>
      }
    >
      <Development
        experiment={experiment}
        metric={metric}
        known={catalogue.get(metric)}
        name={nameOfMetric(catalogue, metric)}
        what={what}
        evenIfMisleading={evenIfMisleading}
      />
    </Section>
  )
}

interface DevelopmentProps {
  readonly experiment: Experiment
  readonly metric: string
  readonly known: Metric | undefined
  readonly name: string
  readonly what: 'effect' | 'values'
  readonly evenIfMisleading: boolean
}

function Development({ experiment, metric, known, name, what, evenIfMisleading }: DevelopmentProps) {
  const history = useHistory(experiment.key, metric, { evenIfMisleading })
  if (history.data === undefined) {
    return history.isError ? (
      <Failure error={history.error} onRetry={() => void history.refetch()} />
    ) : (
      <Skeleton height={320} radius="md" />
    )
  }
  if (history.data.points.length === 0) {
    return (
      <Text c="dimmed">Nothing to draw yet: the first points appear soon after the first exposures.</Text>
    )
  }
  return <Drawing history={history.data} experiment={experiment} known={known} name={name} what={what} />
}

interface DrawingProps {
  readonly history: MetricHistory
  readonly experiment: Experiment
  readonly known: Metric | undefined
  readonly name: string
  readonly what: 'effect' | 'values'
}

function Drawing({ history, experiment, known, name, what }: DrawingProps) {
  const { variants } = experiment
  const { method: inference } = experiment.analysis
  const [scale] = useScale()
  const make = useCallback(
    (theme: ChartTheme) => {
      const shared = { history, variants, theme, style: known === undefined ? PLAIN : styleOfMetric(known) }
      return what === 'values' ? metricOverTime(shared) : effectOverTime({ ...shared, scale, inference })
    },
    [history, variants, known, what, scale, inference],
  )
  const shown = what === 'values' ? 'value of each variant' : 'difference from the control'
  return <Chart make={make} label={`${name} over time: ${shown}`} />
}
