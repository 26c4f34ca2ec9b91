import { formatCount, formatPValue, formatValue, PLAIN, styleOfMetric } from '@helios/charts/format'
import type { Analysis, Experiment, Metric, MetricAnalysis, Variant } from '@helios/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Effect } from '../../../parts/effect.tsx'
import { Explained } from '../../../parts/explained.tsx'
import { NumberWithMethod } from '../../../parts/figure-number.tsx'
import { capital, counted, pluralOf } from '../words.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import classes from './metric-details.module.css'

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
            <Row
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

interface RowProps {
  readonly variant: Variant
  readonly found: MetricAnalysis
  readonly metric: Metric | undefined
  readonly analysis: Analysis
  readonly unit: string
}

function Row({ variant, found, metric, analysis, unit }: RowProps) {
  const { key, name } = variant
  const style = metric === undefined ? PLAIN : styleOfMetric(metric)
  const summary = Object.hasOwn(found.variants, key) ? found.variants[key] : undefined
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
        {key === analysis.control ? <span className={classes.role}> control</span> : null}
      </th>
      <td data-label={capital(pluralOf(unit))}>
        <NumberWithMethod
          value={formatCount(summary?.n)}
          method={`${capital(pluralOf(unit))} that met this variant first and count for this metric.`}
        />
      </td>
      <td data-label="Mean">
        <NumberWithMethod value={formatValue(summary?.mean, style)} method={meanMethod(found, unit)} />
      </td>
      <Differences variantKey={key} found={found} metric={metric} analysis={analysis} />
    </tr>
  )
}

function meanMethod({ kind }: MetricAnalysis, unit: string): string {
  if (kind === 'ratio')
    return `Sum of the numerator divided by the sum of the denominator, over ${pluralOf(unit)}.`
  if (kind === 'proportion' || kind === 'retention')
    return `Share of the ${pluralOf(unit)} for which it happened.`
  return `Each ${unit} has one value; this is the mean of the values over ${pluralOf(unit)}.`
}

interface DifferencesProps {
  readonly variantKey: string
  readonly found: MetricAnalysis
  readonly metric: Metric | undefined
  readonly analysis: Analysis
}

function Differences({ variantKey, found, metric, analysis }: DifferencesProps) {
  const comparison = Object.hasOwn(found.comparisons, variantKey) ? found.comparisons[variantKey] : undefined
  if (comparison === undefined) return <td colSpan={3} className={classes.none} />
  if (comparison.status !== 'ok') {
    return (
      <td colSpan={3} className={classes.note}>
        {comparison.message}
      </td>
    )
  }
  const style = metric === undefined ? PLAIN : styleOfMetric(metric)
  const question = {
    comparison,
    direction: found.direction,
    style,
    ...(found.role === 'primary' ? { comparisons: analysis.correction.comparisons } : {}),
  }
  return (
    <>
      <td data-label="Relative difference" className={classes.effect}>
        <Effect {...question} scale="relative" />
      </td>
      <td data-label="Absolute difference" className={classes.effect}>
        <Effect {...question} scale="absolute" />
      </td>
      <td data-label="p-value">
        <NumberWithMethod
          value={formatPValue(comparison.pValueAdjusted)}
          method={pValueMethod(comparison, found, analysis)}
        />
      </td>
    </>
  )
}

function pValueMethod(
  { method, pValue }: { readonly method: string; readonly pValue: number },
  { role }: MetricAnalysis,
  { correction, alpha }: Analysis,
): string {
  const decided = `Below ${alpha} it counts as decided.`
  return role === 'primary'
    ? `Two-sided, ${method}; adjusted by Holm for ${counted(correction.comparisons, 'primary comparison')}, ${formatPValue(pValue)} by itself. ${decided}`
    : `Two-sided, ${method}; not adjusted, since only primary metrics decide. ${decided}`
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
