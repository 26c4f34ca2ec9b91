import { HeliosError, parseCondition, parseMetric, type TableQuestion } from '@helios/engine'
import { readNumber } from '../../environment.ts'

/** Flags of `helios analyse` as they were typed. */
export interface AnalyseOptions {
  readonly variant?: string
  readonly control?: string
  readonly metric?: readonly string[]
  readonly unit?: string
  readonly units?: string
  readonly experiment?: string
  readonly where?: readonly string[]
  readonly stratum?: readonly string[]
  readonly weights?: string
  readonly alpha?: string
  readonly delimiter?: string
  readonly method?: string
  readonly covariate?: readonly string[]
  readonly winsorise?: string
  readonly bounds?: string
  readonly plannedUnits?: string
  readonly seed?: string
  readonly replicates?: string
  readonly correction?: string
  readonly effectSizes?: boolean
  readonly segments?: readonly string[]
  readonly factors?: string
  readonly uplift?: string
  readonly learner?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** Throws HEL_USAGE for what is missing or not understood. */
export function questionFrom(options: AnalyseOptions): TableQuestion {
  const { variant, control, metric = [], unit, units, experiment, weights, delimiter } = options
  if (variant === undefined) refuse('say which column holds the variants: --variant COLUMN')
  if (control === undefined) refuse('say which variant the others are compared with: --control VALUE')
  if (metric.length === 0) refuse('say what to measure, for example --metric "visits=mean(visits)"')
  return {
    variant,
    control,
    metrics: metric.map(parseMetric),
    where: (options.where ?? []).map(parseCondition),
    strata: options.stratum ?? [],
    ...(unit === undefined ? {} : { unit }),
    ...(units === undefined ? {} : { units }),
    ...(experiment === undefined ? {} : { experiment }),
    ...(weights === undefined ? {} : { weights: parseWeights(weights) }),
    ...(delimiter === undefined ? {} : { delimiter: /^(?:tab|\\t)$/i.test(delimiter) ? '\t' : delimiter }),
  }
}

/** Throws HEL_USAGE. */
export function alphaFrom({ alpha = '0.05' }: AnalyseOptions): number {
  const value = readNumber('--alpha', alpha, 0, 0.5)
  if (value === 0) refuse('--alpha must be above 0')
  return value
}

const WEIGHT = /\s*(?<name>[^=]+?)\s*=\s*(?<value>\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)\s*(?:,|$)/iy

/** `A=0.5,B=0.5`. Throws HEL_USAGE. */
export function parseWeights(text: string): Record<string, number> {
  const weights: [string, number][] = []
  WEIGHT.lastIndex = 0
  while (WEIGHT.lastIndex < text.length) {
    const place = WEIGHT.lastIndex
    const found = WEIGHT.exec(text)?.groups
    if (!found)
      refuse(`"${text.slice(place)}" in --weights is not understood; write VARIANT=SHARE,VARIANT=SHARE`)
    const { name = '', value } = found
    if (weights.some(([other]) => other === name)) refuse(`--weights names ${name} twice`)
    weights.push([name, Number(value)])
  }
  if (weights.length === 0) refuse('--weights is empty; write VARIANT=SHARE,VARIANT=SHARE')
  return Object.fromEntries(weights)
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
