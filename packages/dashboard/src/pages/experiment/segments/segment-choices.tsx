import type { Experiment, SegmentAnalysis } from '@helios/sdk'
import { Select, Text } from '@mantine/core'
import { adjustedInWords } from '../../../parts/method-words.ts'
import { MetricSelect, useMetricChoice } from '../metric-select.tsx'
import type { Catalogue } from '../results/effects.ts'
import { ScaleSwitch } from '../results/scale-switch.tsx'
import { counted } from '../words.ts'
import classes from './segments-tab.module.css'
import { useTreatment } from './use-treatment.ts'

interface Props {
  readonly experiment: Experiment
  readonly catalogue: Catalogue
  readonly metric: string
  readonly analysis: SegmentAnalysis | undefined
}

/** What is compared between segments, and how often a look deceives. */
export function SegmentChoices({ experiment, catalogue, metric, analysis }: Props) {
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
        <ScaleSwitch of="segments" />
      </div>
      <Text size="sm" c="dimmed" maw={760}>
        {analysis === undefined ? '' : adjustmentInWords(analysis)}A segment that stands out is a question for
        the next experiment.
      </Text>
    </div>
  )
}

function adjustmentInWords({ correction: { method, comparisons } }: SegmentAnalysis): string {
  if (comparisons === 0) return ''
  const family = `all ${counted(comparisons, 'comparison')} in all segments`
  return method === 'none'
    ? `p-values are not adjusted for ${family}: some of so many seem to differ by chance. `
    : `p-values are ${adjustedInWords(method, family)}: some of so many would else seem to differ by chance. `
}
