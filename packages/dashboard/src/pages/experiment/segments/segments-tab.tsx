import { type ChartTheme, forestPlot } from '@helios/charts'
import type { Experiment, SegmentAnalysis } from '@helios/sdk'
import { Select, Skeleton, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useSegments } from '../../../api/queries.ts'
import { Chart } from '../../../parts/chart.tsx'
import { Empty, Failure } from '../../../parts/states.tsx'
import { EditButton } from '../edit/edit-button.tsx'
import { MetricSelect, useMetricChoice } from '../metric-select.tsx'
import { type Catalogue, differenceStyle, nameOfMetric } from '../results/effects.ts'
import { NotStarted } from '../results/not-started.tsx'
import { Refusal } from '../results/refusal.tsx'
import { ScaleSwitch, useScale } from '../results/scale-switch.tsx'
import { Section } from '../section.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { useChoice } from '../use-choice.ts'
import { counted, isolated, nameOfVariant, pluralOf } from '../words.ts'
import { segmentRows } from './segment-rows.ts'
import classes from './segments-tab.module.css'

interface Props {
  readonly experiment: Experiment
}

/** Whether the effect differs between groups of units. */
export function SegmentsTab({ experiment }: Props) {
  const [metric] = useMetricChoice(experiment)
  if (experiment.dimensions.length === 0) return <NoDimensions experiment={experiment} />
  if (experiment.status === 'draft') return <NotStarted experiment={experiment} />
  if (metric === undefined) {
    return (
      <Empty
        icon={IconUsersGroup}
        title="No metric to look at"
        action={<EditButton experiment={experiment}>Choose metrics</EditButton>}
      >
        Segments compare a metric between groups of {pluralOf(experiment.unit)}; this experiment has none yet.
      </Empty>
    )
  }
  return <Segments experiment={experiment} metric={metric} />
}

function NoDimensions({ experiment }: Props) {
  const { unit, status } = experiment
  const isEnded = status === 'completed' || status === 'cancelled'
  return (
    <Empty
      icon={IconUsersGroup}
      title="No dimensions declared"
      action={
        isEnded ? undefined : (
          <EditButton experiment={experiment} focus="dimensions">
            Declare dimensions
          </EditButton>
        )
      }
    >
      A dimension is an attribute of the {unit} that your service gives with each decision, such as country,
      device or language. Declare up to five, and the effect is shown for each of their values.
      {isEnded
        ? ' This experiment has ended, so none can be added.'
        : ' They count for exposures from then on.'}
    </Empty>
  )
}

function Segments({ experiment, metric }: Props & { readonly metric: string }) {
  const catalogue = useCatalogue()
  const [anyway, setAnyway] = useChoice('anyway', ['no', 'yes'])
  const isShownAnyway = anyway === 'yes'
  const segments = useSegments(experiment.key, metric, { evenIfMisleading: isShownAnyway })
  const { data } = segments
  return (
    <>
      <Choices experiment={experiment} catalogue={catalogue} metric={metric} analysis={data} />
      {data === undefined ? (
        segments.isError ? (
          <Failure error={segments.error} onRetry={() => void segments.refetch()} />
        ) : (
          <Skeleton height={320} radius="lg" />
        )
      ) : null}
      {data?.status === 'refused' ? (
        <Refusal
          refusals={data.refusals}
          isShownAnyway={isShownAnyway}
          onShowAnyway={(isShown) => setAnyway(isShown ? 'yes' : 'no')}
        />
      ) : null}
      {data?.dimensions.map((dimension) => (
        <Dimension
          key={dimension.name}
          dimension={dimension}
          analysis={data}
          experiment={experiment}
          catalogue={catalogue}
        />
      ))}
    </>
  )
}

function useTreatment({ variants, control }: Experiment) {
  return useChoice(
    'variant',
    variants.filter(({ key }) => key !== control).map(({ key }) => key),
  )
}

interface ChoicesProps extends Props {
  readonly catalogue: Catalogue
  readonly metric: string
  readonly analysis: SegmentAnalysis | undefined
}

function Choices({ experiment, catalogue, metric, analysis }: ChoicesProps) {
  const [, setMetric] = useMetricChoice(experiment)
  const [treatment, setTreatment] = useTreatment(experiment)
  const { variants, control } = experiment
  return (
    <div className={classes.choices}>
      <div className={classes.selects}>
        <MetricSelect experiment={experiment} catalogue={catalogue} value={metric} onChange={setMetric} />
        {variants.length > 2 ? (
          <Select
            size="xs"
            w={200}
            aria-label="Variant"
            allowDeselect={false}
            searchable={variants.length > 10}
            limit={100}
            data={variants
              .filter(({ key }) => key !== control)
              .map(({ key, name }) => ({ value: key, label: name }))}
            value={treatment ?? null}
            onChange={(variant) => {
              if (variant !== null) setTreatment(variant)
            }}
          />
        ) : null}
        <ScaleSwitch />
      </div>
      <Text size="sm" c="dimmed" maw={760}>
        {analysis === undefined || analysis.correction.comparisons === 0
          ? ''
          : `p-values are adjusted by Holm for all ${counted(analysis.correction.comparisons, 'comparison')} in all segments: with so many looks, some would seem to differ by chance. `}
        A segment that stands out is a question for the next experiment.
      </Text>
    </div>
  )
}

interface DimensionProps extends Props {
  readonly dimension: SegmentAnalysis['dimensions'][number]
  readonly analysis: SegmentAnalysis
  readonly catalogue: Catalogue
}

function Dimension({ dimension, analysis, experiment, catalogue }: DimensionProps) {
  const [scale] = useScale()
  const [treatment] = useTreatment(experiment)
  const { unit } = experiment
  const metric = catalogue.get(analysis.metric)
  const make = useCallback(
    (theme: ChartTheme) => {
      const style = differenceStyle(metric, scale)
      const rows = segmentRows(dimension.segments, analysis, treatment ?? '', unit, scale, style)
      return forestPlot({ rows, scale, style, theme })
    },
    [dimension, analysis, treatment, unit, scale, metric],
  )
  const variant = isolated(nameOfVariant(experiment, treatment ?? ''))
  const control = isolated(nameOfVariant(experiment, analysis.control))
  const name = nameOfMetric(catalogue, analysis.metric)
  return (
    <Section
      title={<>By {isolated(dimension.name)}</>}
      lead={`${variant} against ${control}: ${isolated(name)}`}
    >
      {dimension.segments.length === 0 ? (
        <Text c="dimmed">No exposure has carried a value of it yet.</Text>
      ) : (
        <Chart make={make} label={`${name} by ${dimension.name}: ${variant} against ${control}`} />
      )}
    </Section>
  )
}
