import {
  ANALYSIS_METHODS,
  type AnalysisMethod,
  HeliosError,
  type MethodOptions,
  parseCovariate,
  requireFit,
  type SampleShape,
  type TableAnalysisSettings,
  type TableQuestion,
  testFor,
} from '@helios/engine'
import { readNumber } from '../../environment.ts'
import { type AnalyseOptions, alphaFrom, questionFrom } from './options.ts'

/** What a file is asked, and how. */
export interface AnalysisPlan {
  readonly question: TableQuestion
  readonly settings: FileSettings
}

/** A label column of the question with its place among the labels. */
export interface LabelColumn {
  readonly name: string
  readonly label: number
}

export interface FileSettings
  extends Pick<
    TableAnalysisSettings,
    | 'alpha'
    | 'evenIfMisleading'
    | 'method'
    | 'options'
    | 'correction'
    | 'plannedUnits'
    | 'seed'
    | 'replicates'
    | 'shape'
  > {
  readonly effectSizes?: boolean
  readonly segments?: readonly LabelColumn[]
  readonly uplift?: { readonly columns: readonly LabelColumn[]; readonly learner: 'T' | 'X' }
  /** Columns of factors with the level that the others are compared with, where it was given. */
  readonly factors?: {
    readonly names: readonly string[]
    readonly baselines: Readonly<Record<string, string>>
  }
}

const USUAL_METHOD = 'auto'
/** Methods whose p-values come from a difference and its standard error, as Dunnett's test takes them. */
const DUNNETT_METHODS = ['auto', 'welch', 'pooled-t', 'z-unpooled', 'cuped', 'regression', 'post-stratify']
const CORRECTIONS = [
  'holm',
  'bonferroni',
  'hochberg',
  'benjamini-hochberg',
  'benjamini-yekutieli',
  'dunnett',
  'none',
] as const

/** Throws HEL_USAGE for what is missing, not understood, or does not go together. */
export function planFrom(options: AnalyseOptions): AnalysisPlan {
  const alpha = alphaFrom(options)
  const method = methodFrom(options)
  const factors = factorsFrom(options)
  const asked = questionFrom(factors ? withFirstFactor(options, factors.names) : options)
  const covariates = (options.covariate ?? []).map(parseCovariate)
  const methodOptions = methodOptionsFrom(options)
  const isStratified = method.needs === 'strata'
  if (factors) requireAlone(options)
  else requireFit(method, ANALYSIS_METHODS, { ...asked, covariates }, methodOptions)
  const uplift = listFrom(options.uplift, '--uplift')
  const segments = options.segments ?? []
  const labels = [
    ...new Set([
      ...(factors?.names ?? []),
      ...(isStratified ? (asked.strata ?? []) : []),
      ...segments,
      ...uplift,
    ]),
  ]
  const columnOf = (name: string): LabelColumn => ({ name, label: labels.indexOf(name) })
  const shape: SampleShape = {
    ...(methodOptions.winsorise ? { winsorise: methodOptions.winsorise } : {}),
    ...(isStratified ? { strata: (asked.strata ?? []).map((name) => labels.indexOf(name)) } : {}),
  }
  const keepUnits =
    labels.length > 0 ||
    covariates.length > 0 ||
    methodOptions.winsorise !== undefined ||
    options.effectSizes === true ||
    asked.metrics.some((metric) => metric.kind === 'quantile' || testFor(method, metric) !== undefined)
  return {
    question: { ...asked, ...(keepUnits ? { keepUnits, covariates, labels } : {}) },
    settings: {
      alpha,
      evenIfMisleading: options.force ?? false,
      method,
      options: methodOptions,
      shape,
      ...correctionFrom(options, method),
      ...numbersFrom(options),
      ...(options.effectSizes ? { effectSizes: true } : {}),
      ...(segments.length > 0 ? { segments: segments.map(columnOf) } : {}),
      ...(uplift.length > 0
        ? { uplift: { columns: uplift.map(columnOf), learner: learnerFrom(options) } }
        : {}),
      ...(factors ? { factors } : {}),
    },
  }
}

function methodFrom({ method = USUAL_METHOD }: AnalyseOptions): AnalysisMethod {
  const found = ANALYSIS_METHODS.find(({ name }) => name === method)
  if (found) return found
  refuse(
    `there is no method "${method}"; --method is one of ${ANALYSIS_METHODS.map(({ name }) => name).join(', ')}`,
  )
}

function methodOptionsFrom({ winsorise, bounds }: AnalyseOptions): MethodOptions {
  return {
    ...(winsorise === undefined ? {} : { winsorise: shareFrom('--winsorise', winsorise) }),
    ...(bounds === undefined ? {} : { bounds: boundsFrom(bounds) }),
  }
}

function shareFrom(flag: string, text: string): number {
  const share = readNumber(flag, text, 0, 0.5)
  if (share === 0 || share === 0.5) refuse(`${flag} must lie between 0 and 0.5, such as 0.01, not ${text}`)
  return share
}

function boundsFrom(text: string): { lowest: number; highest: number } {
  const [lowest = Number.NaN, highest = Number.NaN, ...more] = text
    .split(',')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  if (more.length > 0 || !(lowest < highest) || !Number.isFinite(highest - lowest))
    refuse(`--bounds is LOWEST,HIGHEST, two numbers such as 0,100, not "${text}"`)
  return { lowest, highest }
}

function correctionFrom(
  { correction }: AnalyseOptions,
  method: AnalysisMethod,
): Pick<FileSettings, 'correction'> {
  if (correction === undefined) return {}
  const known = CORRECTIONS.find((name) => name === correction)
  if (!known)
    refuse(`there is no correction "${correction}"; --correction is one of ${CORRECTIONS.join(', ')}`)
  if (known === 'dunnett' && !DUNNETT_METHODS.includes(method.name))
    refuse(
      `Dunnett's correction is for differences with their standard errors, which ${method.name} does not rest on; choose --correction holm, or --method ${DUNNETT_METHODS.slice(0, 3).join(', ')}`,
    )
  return { correction: known }
}

function numbersFrom({
  plannedUnits,
  seed,
  replicates,
}: AnalyseOptions): Pick<FileSettings, 'plannedUnits' | 'seed' | 'replicates'> {
  return {
    ...(plannedUnits === undefined
      ? {}
      : { plannedUnits: wholeFrom('--planned-units', plannedUnits, 2, 1e12) }),
    ...(seed === undefined ? {} : { seed: wholeFrom('--seed', seed, 0, 2 ** 31 - 1) }),
    ...(replicates === undefined ? {} : { replicates: wholeFrom('--replicates', replicates, 99, 1e7) }),
  }
}

function wholeFrom(flag: string, text: string, minimum: number, maximum: number): number {
  const value = readNumber(flag, text, minimum, maximum)
  if (!Number.isInteger(value)) refuse(`${flag} must be a whole number, not ${text}`)
  return value
}

function learnerFrom({ learner = 'X' }: AnalyseOptions): 'T' | 'X' {
  const name = learner.toUpperCase()
  if (name !== 'T' && name !== 'X') refuse(`--learner is T or X, not "${learner}"`)
  return name
}

function listFrom(text: string | undefined, flag: string): string[] {
  if (text === undefined) return []
  const names = text.split(',').map((name) => name.trim())
  if (names.some((name) => name === '')) refuse(`${flag} is COLUMN,COLUMN,…, not "${text}"`)
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  if (repeated !== undefined) refuse(`${flag} names ${repeated} twice`)
  return names
}

function factorsFrom({ factors, control, variant }: AnalyseOptions): FileSettings['factors'] {
  if (factors === undefined) return undefined
  if (variant !== undefined)
    refuse('--factors says which columns hold what the units got; leave --variant out')
  const names = listFrom(factors, '--factors')
  if (names.length < 2)
    refuse('--factors needs two columns or more, as a,b; for one, use --variant and --control')
  const pairs = (control === undefined ? [] : control.split(',')).map((part) => {
    const [name = '', level = ''] = part.split('=').map((side) => side.trim())
    if (!names.includes(name) || level === '')
      refuse(
        `with --factors, --control is FACTOR=LEVEL,FACTOR=LEVEL, such as ${names[0]}=off, not "${control}"`,
      )
    return [name, level] as const
  })
  return { names, baselines: Object.fromEntries(pairs) }
}

/** The reader wants one column of variants; the first factor serves, and the others come as labels. */
function withFirstFactor(options: AnalyseOptions, [first = '']: readonly string[]): AnalyseOptions {
  return { ...options, variant: first, control: '' }
}

function requireAlone(options: AnalyseOptions): void {
  const others = [
    ['--method', options.method],
    ['--covariate', options.covariate],
    ['--winsorise', options.winsorise],
    ['--segments', options.segments],
    ['--uplift', options.uplift],
    ['--effect-sizes', options.effectSizes],
    ['--correction', options.correction],
    ['--weights', options.weights],
    ['--experiment', options.experiment],
  ] as const
  const found = others.find(([, value]) => value !== undefined)
  if (found) refuse(`--factors is an analysis of its own, without ${found[0]}; leave one of them out`)
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_USAGE', { problem })
}
