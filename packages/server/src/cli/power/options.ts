import { HeliosError, type PlannedMetric, type PowerQuestion, unitsWithin } from '@helios/engine'

/** Flags of `helios power` as they were typed. */
export interface PowerOptions {
  readonly metric?: string
  readonly baseline?: string
  readonly standardDeviation?: string
  readonly dispersion?: string
  readonly numerator?: string
  readonly denominator?: string
  readonly correlation?: string
  readonly effect?: string
  readonly absolute?: boolean
  readonly decrease?: boolean
  readonly units?: string
  readonly days?: string
  readonly power?: string
  readonly alpha?: string
  readonly sides?: string
  readonly variants?: string
  readonly correction?: string
  readonly controlRatio?: string
  readonly hypothesis?: string
  readonly expected?: string
  readonly method?: string
  readonly looks?: string
  readonly spending?: string
  readonly clusterSize?: string
  readonly clusterVariation?: string
  readonly intraclassCorrelation?: string
  readonly covariateCorrelation?: string
  readonly varianceSaved?: string
  readonly perDay?: string
  readonly coverage?: string
  readonly json?: boolean
}

/** How people who type call the fields of a question. */
const FLAGS: Readonly<Record<string, string>> = {
  unitsPerVariant: '--units',
  minimumDetectableEffect: '--effect',
  effectScale: '--absolute',
  controlRatio: '--control-ratio',
  varianceSaved: '--variance-saved',
  'plan.method': '--method',
  'plan.looks': '--looks',
  'hypothesis.expectedEffect': '--expected',
  'clusters.meanSize': '--cluster-size',
  'clusters.sizeVariation': '--cluster-variation',
  'clusters.intraclassCorrelation': '--intraclass-correlation',
  'traffic.unitsPerDay': '--per-day',
  'traffic.coverage': '--coverage',
  'metric.baseline': '--baseline',
  'metric.standardDeviation': '--standard-deviation',
  'metric.dispersion': '--dispersion',
  'metric.numerator.mean': '--numerator',
  'metric.numerator.standardDeviation': '--numerator',
  'metric.denominator.mean': '--denominator',
  'metric.denominator.standardDeviation': '--denominator',
  'metric.correlation': '--correlation',
}

export function flagOf(field: string): string {
  return FLAGS[field] ?? `--${field}`
}

const USUAL_POWER = 0.8

/** The question that the flags ask. Throws HEL_USAGE for what is missing or not understood. */
export function questionFrom(options: PowerOptions): PowerQuestion {
  const question: PowerQuestion = {
    metric: metricFrom(options),
    ...present({
      minimumDetectableEffect: numberFrom('--effect', options.effect),
      effectScale: options.absolute ? 'absolute' : undefined,
      direction: options.decrease ? 'decrease' : undefined,
      alpha: numberFrom('--alpha', options.alpha),
      sides: sidesFrom(options),
      variants: numberFrom('--variants', options.variants),
      correction: choice('--correction', options.correction, ['bonferroni', 'dunnett', 'none']),
      controlRatio:
        options.controlRatio === 'optimal' ? 'optimal' : numberFrom('--control-ratio', options.controlRatio),
      hypothesis: hypothesisFrom(options),
      plan: planFrom(options),
      clusters: clustersFrom(options),
      varianceSaved: varianceSavedFrom(options),
      traffic: trafficFrom(options),
    }),
  }
  return withTwoOfThree(question, options)
}

/** Units from the days that they come in; and power as usual where it is not the answer. */
function withTwoOfThree(question: PowerQuestion, options: PowerOptions): PowerQuestion {
  const unitsPerVariant = numberFrom('--units', options.units) ?? unitsFromDays(question, options)
  const given = numberFrom('--power', options.power)
  const isPowerUnknown = unitsPerVariant !== undefined && question.minimumDetectableEffect !== undefined
  const power = given ?? (isPowerUnknown ? undefined : USUAL_POWER)
  return { ...question, ...present({ unitsPerVariant, power }) }
}

function unitsFromDays(
  { traffic, variants = 2, controlRatio = 1 }: PowerQuestion,
  { units, days }: PowerOptions,
) {
  const count = numberFrom('--days', days)
  if (count === undefined) return undefined
  if (units !== undefined) refuse('give --units or --days, not both')
  if (!traffic) refuse('--days needs --per-day: how many units come in a day')
  if (!(count > 0)) refuse('--days must be above 0')
  const treatments = Math.max(1, variants - 1)
  const ratio = controlRatio === 'optimal' ? Math.sqrt(treatments) : controlRatio
  const { unitsPerDay, coverage = 1 } = traffic
  return unitsWithin(count, { unitsPerDay, coverage }, { treatments, controlRatio: ratio })
}

const KINDS = ['proportion', 'retention', 'mean', 'count', 'ratio'] as const

function metricFrom(options: PowerOptions): PlannedMetric {
  const kind = choice('--metric', options.metric, KINDS) ?? 'proportion'
  if (kind === 'ratio') return ratioFrom(options)
  for (const flag of ['numerator', 'denominator', 'correlation'] as const)
    if (options[flag] !== undefined) refuse(`--${flag} belongs to --metric ratio`)
  const baseline = numberFrom('--baseline', options.baseline)
  if (baseline === undefined)
    refuse('say what the metric is today: --baseline VALUE, for example --baseline 10%')
  const standardDeviation = numberFrom('--standard-deviation', options.standardDeviation)
  const dispersion = numberFrom('--dispersion', options.dispersion)
  if (kind !== 'mean' && standardDeviation !== undefined)
    refuse(`--standard-deviation belongs to --metric mean; that of a ${kind} is known`)
  if (kind !== 'count' && dispersion !== undefined) refuse('--dispersion belongs to --metric count')
  if (kind === 'count') return { kind, baseline, ...present({ dispersion }) }
  if (kind !== 'mean') return { kind, baseline }
  if (standardDeviation === undefined) refuse('a mean needs --standard-deviation: how much units differ')
  return { kind, baseline, standardDeviation }
}

function ratioFrom(options: PowerOptions): PlannedMetric {
  if (options.baseline !== undefined)
    refuse('a ratio has no --baseline: it is --numerator over --denominator')
  const correlation = numberFrom('--correlation', options.correlation)
  if (correlation === undefined)
    refuse('a ratio needs --correlation: of numerator and denominator over units')
  return {
    kind: 'ratio',
    numerator: pairFrom('--numerator', options.numerator),
    denominator: pairFrom('--denominator', options.denominator),
    correlation,
  }
}

function pairFrom(flag: string, text: string | undefined) {
  const parts = (text ?? '').split(',')
  if (parts.length !== 2) refuse(`a ratio needs ${flag} MEAN,DEVIATION, for example ${flag} 3,2`)
  const [mean, standardDeviation] = parts.map((part) => numberFrom(flag, part))
  return { mean: mean as number, standardDeviation: standardDeviation as number }
}

function sidesFrom({ sides }: PowerOptions): 1 | 2 | undefined {
  const chosen = choice('--sides', sides, ['1', '2'])
  if (chosen === undefined) return undefined
  return chosen === '1' ? 1 : 2
}

function hypothesisFrom(options: PowerOptions): PowerQuestion['hypothesis'] {
  const names = ['difference', 'non-inferiority', 'equivalence'] as const
  const kind = choice('--hypothesis', options.hypothesis, names)
  const expectedEffect = numberFrom('--expected', options.expected)
  const isDifference = kind === undefined || kind === 'difference'
  if (isDifference && expectedEffect !== undefined)
    refuse('--expected belongs to --hypothesis non-inferiority or equivalence')
  return kind === undefined ? undefined : { kind, ...present({ expectedEffect }) }
}

function planFrom(options: PowerOptions): PowerQuestion['plan'] {
  const method = choice('--method', options.method, ['fixed-horizon', 'always-valid', 'group-sequential'])
  const looks = numberFrom('--looks', options.looks)
  const spending = choice('--spending', options.spending, ['obrien-fleming', 'pocock'])
  if (spending !== undefined && method !== 'group-sequential')
    refuse('--spending belongs to --method group-sequential')
  if (method === 'group-sequential') return { method, ...present({ looks, spending }) }
  if (method === 'always-valid') return { method, ...present({ looks }) }
  if (looks !== undefined) refuse('--looks belongs to --method always-valid or group-sequential')
  return method === undefined ? undefined : { method }
}

function clustersFrom(options: PowerOptions): PowerQuestion['clusters'] {
  const meanSize = numberFrom('--cluster-size', options.clusterSize)
  const sizeVariation = numberFrom('--cluster-variation', options.clusterVariation)
  const intraclassCorrelation = numberFrom('--intraclass-correlation', options.intraclassCorrelation)
  if (meanSize === undefined && sizeVariation === undefined && intraclassCorrelation === undefined)
    return undefined
  if (meanSize === undefined || intraclassCorrelation === undefined)
    refuse('clusters need both --cluster-size and --intraclass-correlation')
  return { meanSize, intraclassCorrelation, ...present({ sizeVariation }) }
}

function varianceSavedFrom(options: PowerOptions): number | undefined {
  const correlation = numberFrom('--covariate-correlation', options.covariateCorrelation)
  const saved = numberFrom('--variance-saved', options.varianceSaved)
  if (correlation === undefined) return saved
  if (saved !== undefined) refuse('give --covariate-correlation or --variance-saved, not both')
  if (!(Math.abs(correlation) < 1)) refuse('--covariate-correlation must lie between −1 and 1')
  return correlation ** 2
}

function trafficFrom(options: PowerOptions): PowerQuestion['traffic'] {
  const unitsPerDay = numberFrom('--per-day', options.perDay)
  const coverage = numberFrom('--coverage', options.coverage)
  if (unitsPerDay !== undefined) return { unitsPerDay, ...present({ coverage }) }
  if (coverage !== undefined) refuse('--coverage needs --per-day: how many units come in a day')
  return undefined
}

const NUMBER = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?)\s*(%?)$/i

/** 0.05, 5e-2, 5%; a true minus sign too. Throws HEL_USAGE. */
function numberFrom(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, digits, percent] = NUMBER.exec(text.trim().replace('−', '-')) ?? []
  if (digits === undefined) refuse(`${flag} must be a number such as 0.05 or 5%, not "${text}"`)
  return percent === '%' ? Number((Number(digits) / 100).toPrecision(15)) : Number(digits)
}

function choice<Name extends string>(
  flag: string,
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (text === undefined) return undefined
  const name = names.find((each) => each === text)
  if (name === undefined)
    refuse(`${flag} must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, not "${text}"`)
  return name
}

/** Without what is not there: absent and undefined are not the same to a question. */
function present<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
