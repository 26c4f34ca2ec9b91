import { formatPValue } from '@helios/charts/format'
import type { Analysis, Experiment, Metric, MetricAnalysis } from '@helios/sdk'
import { Button, Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Explained } from '../../../parts/explained.tsx'
import { capital, counted, pluralOf } from '../words.ts'
import { factsOf, guardrailChips, savedInWords } from './comparison-facts.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import classes from './metric-details.module.css'
import { VariantRow } from './variant-row.tsx'

const BayesianView = lazy(() => import('./bayesian-view.tsx'))

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
        <Chips found={found} experiment={experiment} />
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

/** What is worth knowing before the numbers are opened. */
function Chips({ found, experiment }: { readonly found: MetricAnalysis; readonly experiment: Experiment }) {
  const { chips, more } = guardrailChips(found, experiment)
  const saved = savedInWords(found)
  if (chips.length === 0 && saved === undefined) return null
  return (
    <span className={classes.chips}>
      {saved === undefined ? null : <span className={classes.chip}>{saved}</span>}
      {chips.map(({ variant, verdict, text }) => (
        <span key={variant} className={classes.chip} data-verdict={verdict}>
          {text}
        </span>
      ))}
      {more > 0 ? <span className={classes.hint}>and {more} more</span> : null}
    </span>
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
      <Facts found={found} experiment={experiment} />
      <Bayesian found={found} metric={metric} name={name} analysis={analysis} experiment={experiment} />
    </>
  )
}

function Facts({ found, experiment }: { readonly found: MetricAnalysis; readonly experiment: Experiment }) {
  const facts = factsOf(found, experiment)
  if (facts.length === 0) return null
  return (
    <ul className={classes.facts} aria-label="How it was computed">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

function Bayesian({ found, metric, name, analysis, experiment }: VariantsProps) {
  const [isOpen, setOpen] = useState(false)
  const { posterior } = found
  if (posterior === undefined) return null
  return (
    <details className={classes.bayesian} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        <span className={classes.name}>Bayesian view</span>
        <span className={classes.hint}>chance to beat the control, to be best, expected loss</span>
      </summary>
      {isOpen ? (
        <Suspense fallback={<Skeleton height={220} radius="md" />}>
          <BayesianView
            posterior={posterior}
            found={found}
            metric={metric}
            name={name}
            analysis={analysis}
            experiment={experiment}
          />
        </Suspense>
      ) : null}
    </details>
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
