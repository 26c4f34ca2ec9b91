import { formatCount } from '@helios/charts/format'
import type { Action, Analysis, Experiment, ExperimentStatus, FindingCode } from '@helios/sdk'
import { type Catalogue, effectInWords, effectsOf, nameOfMetric } from '../results/effects.ts'
import { sharesOf } from '../shares.ts'
import { counted, isolated, listed, nameOfVariant, pluralOf, shareInWords } from '../words.ts'

/** What happens when a button is pressed, and what speaks against pressing it. */
export interface Consequences {
  readonly sentences: readonly string[]
  readonly cautions: readonly string[]
}

const ACTIONS: Readonly<Record<ExperimentStatus, readonly Action[]>> = {
  draft: ['start', 'cancel'],
  running: ['pause', 'complete', 'cancel'],
  paused: ['resume', 'complete', 'cancel'],
  completed: [],
  cancelled: [],
}

/** Steps that an experiment can take now, the usual one first. */
export function actionsOf(status: ExperimentStatus): readonly Action[] {
  return ACTIONS[status]
}

const MOST_SHARES = 6

/** Units so far by variant; what is not known yet is undefined. */
export function consequencesOf(
  action: Action,
  experiment: Experiment,
  units: Readonly<Record<string, number>> | undefined,
): Consequences {
  switch (action) {
    case 'start':
      return startOf(experiment)
    case 'pause':
      return pauseOf(experiment, units)
    case 'resume':
      return resumeOf(experiment)
    case 'complete':
      return { sentences: completeOf(experiment), cautions: [] }
    case 'cancel':
      return { sentences: cancelOf(experiment, units), cautions: [] }
  }
}

function startOf(experiment: Experiment): Consequences {
  const { metrics, coverage, allocation } = experiment
  const sentences = [
    `From now on ${participantsOf(experiment)} are assigned: ${sharesInWords(experiment)}.`,
    ...(allocation.kind === 'dynamic' ? ['The shares then follow what the policy learns.'] : []),
    'Variants, unit, layer and holdout cannot be changed afterwards.',
  ]
  const cautions = [
    ...(metrics.primary.length === 0
      ? ['There is no primary metric, so nothing will decide between the variants. Choose one under Design.']
      : []),
    ...(coverage === 0 ? ['The coverage is 0 %: nobody will take part until it is raised.'] : []),
  ]
  return { sentences, cautions }
}

function participantsOf({ coverage, layer, holdout, audience, unit }: Experiment): string {
  const share = coverage * (layer?.share ?? 1) * (1 - (holdout?.share ?? 0))
  const whose = audience === undefined ? pluralOf(unit) : `the ${pluralOf(unit)} in its audience`
  return `about ${shareInWords(share)} of ${whose}`
}

/** Calm 50 %, Warm 25 % and Playful 25 %. */
export function sharesInWords(experiment: Pick<Experiment, 'variants' | 'slots'>): string {
  const shares = sharesOf(experiment)
  const named = shares
    .slice(0, MOST_SHARES)
    .map(({ name, share }) => `${isolated(name)} ${shareInWords(share)}`)
  const more = shares.length - MOST_SHARES
  return listed(more > 0 ? [...named, counted(more, 'more variant')] : named)
}

function pauseOf(experiment: Experiment, units: Readonly<Record<string, number>> | undefined): Consequences {
  const { control, unit } = experiment
  const name = isolated(nameOfVariant(experiment, control))
  return {
    sentences: [
      `Everyone gets the control, ${name}, until you resume; no exposure is recorded meanwhile.`,
      ...(units === undefined
        ? []
        : [`${counted(othersIn(units, control), unit)} in other variants will see ${name}.`]),
    ],
    cautions: [],
  }
}

function resumeOf(experiment: Experiment): Consequences {
  return {
    sentences: [
      `From now on ${participantsOf(experiment)} are assigned again: ${sharesInWords(experiment)}.`,
      `A ${experiment.unit} gets the same variant as before the pause, unless the shares were changed meanwhile.`,
    ],
    cautions: [],
  }
}

function completeOf({ unit }: Experiment): string[] {
  return [
    `Every ${unit} gets the variant that you choose here. The result is frozen at this moment.`,
    'It cannot be started again.',
  ]
}

function cancelOf(
  experiment: Experiment,
  units: Readonly<Record<string, number>> | undefined,
): readonly string[] {
  const { status, control, unit } = experiment
  if (status === 'draft')
    return ['The draft is closed without having run. It stays readable, but cannot be started.']
  const name = isolated(nameOfVariant(experiment, control))
  const total = Object.values(units ?? {}).reduce((sum, count) => sum + count, 0)
  return [
    `The experiment ends without a winner, and everyone gets the control, ${name}.`,
    ...(units === undefined
      ? []
      : [`${counted(othersIn(units, control), unit)} in other variants will see ${name}.`]),
    `What was recorded${units === undefined ? '' : ` of ${formatCount(total)} ${pluralOf(unit)}`} stays readable. It cannot be started again.`,
  ]
}

function othersIn(units: Readonly<Record<string, number>>, control: string): number {
  return Object.entries(units).reduce((sum, [key, count]) => (key === control ? sum : sum + count), 0)
}

const CAUTIONARY: readonly FindingCode[] = [
  'below-minimum-sample',
  'no-units',
  'sample-ratio-suspicious',
  'allocation-varies',
]

/** What speaks against shipping a variant now. */
export function cautionsOfShipping(
  variant: string,
  experiment: Experiment,
  analysis: Analysis,
  catalogue: Catalogue,
): string[] {
  const refusals = analysis.refusals.map(
    ({ message }) => `The analysis is refused, so nothing backs this choice. ${message}`,
  )
  const findings = analysis.warnings
    .filter(({ code }) => CAUTIONARY.includes(code))
    .map(({ message }) => message)
  const { waitingFor } = analysis.stopping
  if (waitingFor.length > 0) findings.push(`It is early: the analysis waits for ${listed(waitingFor)}.`)
  if (variant === experiment.control || refusals.length > 0) return [...refusals, ...findings]
  const name = isolated(nameOfVariant(experiment, variant))
  const ofVariant = (metrics: readonly string[]) =>
    effectsOf(analysis, metrics).filter((effect) => effect.variant === variant)
  const primary = ofVariant(experiment.metrics.primary)
  const worse = [...primary, ...ofVariant(experiment.metrics.guardrails)].filter(
    ({ reading }) => reading === 'worse',
  )
  const isBetter = primary.some(({ reading }) => reading === 'better')
  return [
    ...worse.map(
      ({ metric, comparison }) =>
        `${name} is worse on ${isolated(nameOfMetric(catalogue, metric))}: ${effectInWords(comparison, catalogue.get(metric))}.`,
    ),
    ...(isBetter || primary.some(({ reading }) => reading === 'worse')
      ? []
      : [`${name} is not shown to be better on a primary metric: its difference may be chance.`]),
    ...findings,
  ]
}
