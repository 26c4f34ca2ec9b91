import type { Aggregation, Metric, MetricTerm } from '@helios/sdk'

const HOUR_MILLISECONDS = 3_600_000
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS
/** Stands for outcomes of every metric. */
const ANY_OUTCOME = '*'

/** The part of a metric that says how it is computed. */
export type Computation = Omit<Metric, 'key' | 'name' | 'description' | 'builtIn' | 'direction'>

/** One sentence, without a full stop, that says how outcomes become the number: exact, and readable. */
export function metricInWords(metric: Computation): string {
  const value = `${firstUpper(measureOf(metric))}${capOf(metric)}${windowOf(metric)}`
  return [value, ...remarksOf(metric)].join('; ')
}

function measureOf(metric: Computation): string {
  const { kind, terms, denominator, aggregation } = metric
  if (kind === 'ratio') {
    const whole = partOf(aggregation, denominator)
    return `${partOf(aggregation, terms)} divided by the ${whole}, over all units`
  }
  if (kind === 'retention') return `share of units with ${outcomesOf(terms)}`
  if (kind === 'proportion') return `share of units with a non-zero outcome of ${inWords(terms)}`
  const perUnit = partOf(aggregation, terms)
  if (kind === 'quantile') return `${quantileInWords(metric.quantile)} over units of the ${perUnit}`
  return `${perUnit} per unit`
}

function partOf(aggregation: Aggregation, terms: readonly MetricTerm[]): string {
  const what = inWords(terms)
  switch (aggregation) {
    case 'sum':
      return `sum of ${what}`
    case 'mean':
      return `average of ${what}`
    case 'count':
      return `number of outcomes of ${what}`
    case 'any':
      return `1 for a non-zero outcome of ${what}, else 0,`
    case 'minimum':
      return `smallest ${what}`
    case 'maximum':
      return `largest ${what}`
    case 'last':
      return `latest ${what}`
  }
}

function outcomesOf(terms: readonly MetricTerm[]): string {
  const isAny = terms.length === 1 && terms[0]?.source === ANY_OUTCOME
  return isAny ? 'any outcome' : `an outcome of ${inWords(terms)}`
}

/** `revenue`, or `(revenue − 2 × cost)`. */
function inWords(terms: readonly MetricTerm[]): string {
  const [first, ...others] = terms
  if (first === undefined) return 'nothing'
  if (others.length === 0 && first.weight === 1) return first.source
  const rest = others.map((term) => ` ${term.weight < 0 ? '−' : '+'} ${scaled(term)}`)
  return `(${first.weight < 0 ? '−' : ''}${scaled(first)}${rest.join('')})`
}

function scaled({ source, weight }: MetricTerm): string {
  const size = Math.abs(weight)
  return size === 1 ? source : `${exactly(size)} × ${source}`
}

function quantileInWords(quantile: number | undefined): string {
  if (quantile === undefined) return 'quantile'
  if (quantile === 0.5) return 'median'
  const percent = Number((quantile * 100).toPrecision(12))
  return Number.isInteger(percent)
    ? `${percent}${ordinalOf(percent)} percentile`
    : `${exactly(quantile)}-quantile`
}

function ordinalOf(count: number): string {
  const isTeen = Math.trunc(count / 10) === 1
  return isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
}

function capOf({ kind, cap, unitOfMeasure }: Computation): string {
  if (cap === undefined) return ''
  const limit = withUnit(cap, unitOfMeasure)
  return kind === 'ratio' ? `, each unit’s part capped at ${limit}` : `, capped at ${limit}`
}

function windowOf({ kind, fromMilliseconds: from, toMilliseconds: to }: Computation): string {
  const lead = kind === 'retention' ? '' : ', counted'
  if (to === undefined) return from === 0 ? '' : `${lead} from ${periodInWords(from)} after the exposure on`
  if (from === 0) return `${lead} ${lead === '' ? 'within' : 'for'} ${periodInWords(to)} after the exposure`
  return `${lead} from ${periodInWords(from)} to ${periodInWords(to)} after the exposure`
}

function remarksOf(metric: Computation): string[] {
  const { kind, missing, matured, covariateDays } = metric
  const remarks: string[] = []
  const isShare = kind === 'proportion' || kind === 'retention'
  if (missing === 'exclude') remarks.push('units without any are left out')
  else if (!isShare) remarks.push('units without any count as zero')
  if (matured) remarks.push('a unit counts once that time has passed')
  if (covariateDays !== undefined)
    remarks.push(
      `the same over the ${periodInWords(covariateDays * DAY_MILLISECONDS)} before the exposure is kept as its covariate`,
    )
  return remarks
}

/** 7 days, 36 hours: without rounding, since it is a definition and not a measurement. */
export function periodInWords(milliseconds: number): string {
  const isHours = milliseconds % DAY_MILLISECONDS !== 0 && milliseconds % HOUR_MILLISECONDS === 0
  const [size, name] = isHours ? [HOUR_MILLISECONDS, 'hour'] : [DAY_MILLISECONDS, 'day']
  const count = Number((milliseconds / size).toPrecision(12))
  return `${exactly(count)} ${name}${count === 1 ? '' : 's'}`
}

/** Every digit of a number that somebody chose; rounding is for numbers that were measured. */
export function exactly(value: number): string {
  if (Math.abs(value) >= 1e15) return String(value).replace('-', '−')
  return value.toLocaleString('en', { maximumFractionDigits: 15 }).replace('-', '−')
}

function withUnit(value: number, unit: string | undefined): string {
  return unit === undefined || unit === 'currency' ? exactly(value) : `${exactly(value)} ${unit}`
}

/** −1 to 1. */
export function rangeInWords({ minimum, maximum }: NonNullable<Metric['range']>): string {
  return `${exactly(minimum)} to ${exactly(maximum)}`
}

function firstUpper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
