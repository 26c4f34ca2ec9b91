import { type ChartTheme, posteriorIntervals } from '@helios/charts'
import {
  formatChance,
  formatEstimate,
  formatValue,
  isNumber,
  type NumberStyle,
  PLAIN,
  styleOfMetric,
} from '@helios/charts/format'
import type {
  Analysis,
  Experiment,
  Metric,
  MetricAnalysis,
  PosteriorAnalysis,
  VariantPosterior,
} from '@helios/sdk'
import { useCallback } from 'react'
import { Chart } from '../../../parts/chart.tsx'
import { NumberWithMethod } from '../../../parts/figure-number.tsx'
import { shareInWords } from '../words.ts'
import { differenceStyle } from './effects.ts'
import classes from './metric-details.module.css'
import { useScale } from './scale-switch.tsx'

interface Props {
  readonly posterior: PosteriorAnalysis
  readonly found: MetricAnalysis
  readonly metric: Metric | undefined
  readonly name: string
  readonly analysis: Analysis
  readonly experiment: Experiment
}

/** What is to be believed after the data; loaded when it is asked for. */
export default function BayesianView({ posterior, found, metric, name, analysis, experiment }: Props) {
  const [scale] = useScale()
  const { variants, control } = experiment
  const { alpha } = analysis
  const { practicalEquivalence } = experiment.analysis
  const make = useCallback(
    (theme: ChartTheme) =>
      posteriorIntervals({
        posterior,
        variants,
        control,
        scale,
        direction: found.direction,
        alpha,
        theme,
        style: differenceStyle(metric, 'absolute'),
        practicalEquivalence,
      }),
    [posterior, variants, control, scale, found.direction, alpha, metric, practicalEquivalence],
  )
  return (
    <>
      <p className={classes.description}>
        Probabilities of what is true, given the data and what was expected before: {posterior.method}. They
        do not say how often a rule that looks again and again errs; for that, go by the intervals above.
        {scale === 'relative' && practicalEquivalence > 0
          ? ` Shaded: differences below ${shareInWords(practicalEquivalence)}, which do not matter.`
          : null}
      </p>
      <Chart make={make} label={`${name}: posterior differences from the control`} />
      <Beliefs posterior={posterior} metric={metric} name={name} experiment={experiment} />
    </>
  )
}

const ROWS_SHOWN = 50

type BeliefsProps = Pick<Props, 'posterior' | 'metric' | 'name' | 'experiment'>

function Beliefs({ posterior, metric, name, experiment }: BeliefsProps) {
  const rows = experiment.variants
    .flatMap((variant) => {
      const found = Object.hasOwn(posterior.variants, variant.key)
        ? posterior.variants[variant.key]
        : undefined
      return found === undefined ? [] : [{ variant, found }]
    })
    .slice(0, ROWS_SHOWN)
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{name} by variant: what is to be believed</caption>
      <thead>
        <tr>
          <th scope="col">Variant</th>
          <th scope="col">Value</th>
          <th scope="col">Beats control</th>
          <th scope="col">Is best</th>
          <th scope="col">Expected loss</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ variant, found }) => (
          <tr key={variant.key}>
            <th scope="row">
              <bdi>{variant.name}</bdi>
              {variant.key === experiment.control ? <span className={classes.role}> control</span> : null}
            </th>
            <Belief found={found} metric={metric} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Belief({
  found,
  metric,
}: {
  readonly found: VariantPosterior
  readonly metric: Metric | undefined
}) {
  const { value, probabilityBest, comparison } = found
  const style = metric === undefined ? PLAIN : styleOfMetric(metric)
  const difference = differenceStyle(metric, 'absolute')
  return (
    <>
      <td data-label="Value">
        <NumberWithMethod
          value={formatEstimate(value, style).replace(/^\+/, '')}
          method="Posterior mean of the variant’s value, with its equal-tailed credible interval."
        />
      </td>
      {comparison === undefined ? (
        <td className={classes.none} />
      ) : (
        <td data-label="Beats control">
          <NumberWithMethod
            value={formatChance(comparison.chanceToBeatControl)}
            method="Probability that the variant is better than the control."
          />
        </td>
      )}
      <td data-label="Is best">
        <NumberWithMethod
          value={formatChance(probabilityBest)}
          method="Probability that it is the best of all variants, the control among them."
        />
      </td>
      <td data-label="Expected loss">
        <NumberWithMethod
          value={lossInWords(found, difference)}
          method="What is lost on average by choosing this variant instead of the best, in the unit of the metric."
        />
      </td>
      {comparison === undefined ? (
        <td className={classes.none} />
      ) : (
        <td data-label="Difference">
          <NumberWithMethod
            value={formatEstimate(comparison.absolute, difference)}
            method="Posterior mean of the difference from the control, with its credible interval."
          />
        </td>
      )}
    </>
  )
}

/** What is a ten-thousandth of the value is written with more digits than anybody reads. */
const NEGLIGIBLE = 1e-4

function lossInWords({ expectedLoss, value }: VariantPosterior, style: NumberStyle): string {
  const isNegligible =
    isNumber(expectedLoss) && Math.abs(expectedLoss) < NEGLIGIBLE * Math.abs(value.estimate)
  return isNegligible ? 'about 0' : formatValue(expectedLoss, style)
}
