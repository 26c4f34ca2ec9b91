import { type ChartTheme, unitsPerVariant } from '@helios/charts'
import type { Analysis, Experiment } from '@helios/sdk'
import { Stack } from '@mantine/core'
import { useCallback } from 'react'
import { Chart } from '../../../parts/chart.tsx'
import { Section } from '../section.tsx'
import { capital, pluralOf } from '../words.ts'
import { CheckLine } from './check-line.tsx'
import { sampleRatioInWords } from './check-words.ts'

interface Props {
  readonly experiment: Experiment
  readonly analysis: Analysis
}

/** Units of each variant beside what was to be expected, and what the check says to it. */
export function UnitsCheck({ experiment, analysis: { sampleRatio } }: Props) {
  const { variants, control, unit, analysis } = experiment
  const make = useCallback(
    (theme: ChartTheme) =>
      unitsPerVariant({ sampleRatio, variants, control, alpha: analysis.sampleRatioAlpha, theme }),
    [sampleRatio, variants, control, analysis.sampleRatioAlpha],
  )
  const title = `${capital(pluralOf(unit))} per variant`
  return (
    <Section
      title={title}
      lead={`Each ${unit} counts once, in the variant it met first. The tick is where the count should be.`}
    >
      <Stack gap="md">
        <CheckLine check={sampleRatioInWords(sampleRatio, analysis)} />
        <Chart make={make} label={title} />
      </Stack>
    </Section>
  )
}
