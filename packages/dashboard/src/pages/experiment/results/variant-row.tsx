import { formatCount, formatPValue, formatValue, PLAIN, styleOfMetric } from '@helios/charts/format'
import type { Analysis, ComputedComparison, Metric, MetricAnalysis, Variant } from '@helios/sdk'
import { Effect } from '../../../parts/effect.tsx'
import { NumberWithMethod } from '../../../parts/figure-number.tsx'
import { adjustedInWords, whenToLook } from '../../../parts/method-words.ts'
import { capital, counted, pluralOf } from '../words.ts'
import classes from './metric-details.module.css'

interface RowProps {
  readonly variant: Variant
  readonly found: MetricAnalysis
  readonly metric: Metric | undefined
  readonly analysis: Analysis
  readonly unit: string
}

/** One variant on one metric: its units, its value, and its differences from the control. */
export function VariantRow({ variant, found, metric, analysis, unit }: RowProps) {
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
    ...(found.role === 'primary'
      ? { comparisons: analysis.correction.comparisons, correction: analysis.correction.method }
      : {}),
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
  comparison: ComputedComparison,
  { role }: MetricAnalysis,
  { correction, alpha }: Analysis,
): string {
  const { method, pValue } = comparison
  const decided = `${whenToLook(comparison)}. Below ${alpha} it counts as decided.`
  const family = counted(correction.comparisons, 'primary comparison')
  return role === 'primary'
    ? `Two-sided, ${method}; ${adjustedInWords(correction.method, family)}, ${formatPValue(pValue)} by itself. ${decided}`
    : `Two-sided, ${method}; not adjusted, since only primary metrics decide. ${decided}`
}
