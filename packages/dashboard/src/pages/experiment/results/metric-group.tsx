import { forestPlot } from '@helios/charts'
import type { Analysis, Experiment } from '@helios/sdk'
import { Button, Stack } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { Chart } from '../../../parts/chart.tsx'
import { Section } from '../section.tsx'
import { counted } from '../words.ts'
import { methodNote } from './comparison-facts.ts'
import type { Catalogue, Scale } from './effects.ts'
import { type ForestGroup, forestGroups } from './forest-rows.ts'
import { MetricDetails } from './metric-details.tsx'
import { ScaleSwitch } from './scale-switch.tsx'

interface Props {
  readonly title: string
  readonly lead: string
  readonly metrics: readonly string[]
  readonly analysis: Analysis
  readonly experiment: Experiment
  readonly catalogue: Catalogue
  readonly scale: Scale
}

/** Effects on the metrics of one role, and below each the variants that they were made from. */
export function MetricGroup({ title, lead, metrics, analysis, experiment, catalogue, scale }: Props) {
  const groups = useMemo(
    () => forestGroups(analysis, experiment, metrics, catalogue, scale),
    [analysis, experiment, metrics, catalogue, scale],
  )
  return (
    <Section
      title={title}
      lead={
        <>
          {lead} <span>{methodNote(analysis, metrics)}</span>
        </>
      }
      controls={<ScaleSwitch of={title} />}
    >
      <Stack gap="md">
        {groups.map((group) => (
          <Forest
            key={`${group.style.kind} ${group.style.unit}`}
            group={group}
            scale={scale}
            label={`${title}: differences from the control`}
          />
        ))}
        <div>
          {metrics.map((metric) => (
            <MetricDetails
              key={metric}
              metricKey={metric}
              analysis={analysis}
              experiment={experiment}
              catalogue={catalogue}
            />
          ))}
        </div>
      </Stack>
    </Section>
  )
}

/** A thousand variants are a picture of 40,000 pixels, which nobody asked for yet. */
const ROWS_AT_FIRST = 40

interface ForestProps {
  readonly group: ForestGroup
  readonly scale: Scale
  readonly label: string
}

function Forest({ group, scale, label }: ForestProps) {
  const [isWhole, setWhole] = useState(false)
  const { rows, style } = group
  const make = useCallback(
    (theme: Parameters<typeof forestPlot>[0]['theme']) =>
      forestPlot({ rows: isWhole ? rows : rows.slice(0, ROWS_AT_FIRST), scale, style, theme }),
    [rows, style, scale, isWhole],
  )
  return (
    <div>
      <Chart make={make} label={label} />
      {isWhole || rows.length <= ROWS_AT_FIRST ? null : (
        <Button variant="default" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
          Show all {counted(rows.length, 'comparison')}
        </Button>
      )}
    </div>
  )
}
