import { formatPValue } from '@helios/charts/format'
import type { Analysis, Experiment, Metric, MetricAnalysis } from '@helios/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Explained } from '../../../parts/explained.tsx'
import { capital, counted, pluralOf } from '../words.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import classes from './metric-details.module.css'
import { VariantRow } from './variant-row.tsx'

interface Props {
  readonly metricKey: string
  readonly analysis: Analysis
  readonly experiment: Experiment
  readonly catalogue: Catalogue
}

/** The variants of one metric in numbers; made only once it is opened. */
export function MetricDetails({ metricKey, analysis, experiment, catalogue }: Props) {
  const [isOpen, setOpen] = useState(false)
  const found = Object.hasOwn(analysis.metrics, metricKey) ? analysis.metrics[metricKey] : undefined
  if (found === undefined) return null
  return (
    <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <span className={classes.name}>
          <bdi>{nameOfMetric(catalogue, metricKey)}</bdi>
        </span>
        <span className={classes.hint}>variants in numbers</span>
      </summary>
      {isOpen ? (
        <Variants
          found={found}
          metric={catalogue.get(metricKey)}
          name={nameOfMetric(catalogue, metricKey)}
          analysis={analysis}
          experiment={experiment}
        />
      ) : null}
    </details>
  )
}

const ROWS_AT_FIRST = 50

interface VariantsProps {
  readonly found: MetricAnalysis
  readonly metric: Metric | undefined
  readonly name: string
  readonly analysis: Analysis
  readonly experiment: Experiment
}

function Variants({ found, metric, name, analysis, experiment }: VariantsProps) {
  const [isWhole, setWhole] = useState(false)
  const { variants, unit } = experiment
  const shown = isWhole ? variants : variants.slice(0, ROWS_AT_FIRST)
  return (
    <>
      {metric?.description ? <p className={classes.description}>{metric.description}</p> : null}
      <table className={classes.table}>
        <caption className="visually-hidden">{name} by variant</caption>
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">{capital(pluralOf(unit))}</th>
            <th scope="col">
              {found.kind === 'proportion' || found.kind === 'retention' ? 'Share' : 'Mean'}
            </th>
            <th scope="col">Relative difference</th>
            <th scope="col">Absolute difference</th>
            <th scope="col">p-value</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((variant) => (
            <VariantRow
              key={variant.key}
              variant={variant}
              found={found}
              metric={metric}
              analysis={analysis}
              unit={unit}
            />
          ))}
        </tbody>
      </table>
      {shown.length < variants.length ? (
        <Button variant="default" size="compact-sm" my="xs" onClick={() => setWhole(true)}>
          Show all {counted(variants.length, 'variant')}
        </Button>
      ) : null}
      <Omnibus found={found} />
    </>
  )
}

function Omnibus({ found: { omnibus } }: { readonly found: MetricAnalysis }) {
  if (omnibus === undefined) return null
  return (
    <p className={classes.description}>
      Do the variants differ at all?{' '}
      <Explained how={`${omnibus.method}, ${counted(omnibus.degreesOfFreedom, 'degree')} of freedom.`}>
        <span className="number">{formatPValue(omnibus.pValue)}</span>
      </Explained>
    </p>
  )
}
