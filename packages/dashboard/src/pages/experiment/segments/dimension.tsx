import { type ChartTheme, forestPlot } from '@helios/charts'
import type { Experiment, SegmentAnalysis } from '@helios/sdk'
import { Stack, Text } from '@mantine/core'
import { useCallback } from 'react'
import { Chart } from '../../../parts/chart.tsx'
import { type Catalogue, differenceStyle, nameOfMetric } from '../results/effects.ts'
import { useScale } from '../results/scale-switch.tsx'
import { Section } from '../section.tsx'
import { CheckLine } from '../traffic/check-line.tsx'
import { isolated, nameOfVariant } from '../words.ts'
import { heterogeneityInWords } from './heterogeneity-words.ts'
import { segmentRows } from './segment-rows.ts'
import { useTreatment } from './use-treatment.ts'

interface Props {
  readonly experiment: Experiment
  readonly dimension: SegmentAnalysis['dimensions'][number]
  readonly analysis: SegmentAnalysis
  readonly catalogue: Catalogue
}

/** The effect within each value of a dimension. */
export function Dimension({ dimension, analysis, experiment, catalogue }: Props) {
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
        <Stack gap="md">
          <CheckLine
            check={heterogeneityInWords(
              Object.hasOwn(dimension.heterogeneity, treatment ?? '')
                ? dimension.heterogeneity[treatment ?? '']
                : undefined,
              dimension.name,
              analysis.alpha,
            )}
          />
          <Chart make={make} label={`${name} by ${dimension.name}: ${variant} against ${control}`} />
        </Stack>
      )}
    </Section>
  )
}
