import type { Analysis, Experiment } from '@helios/sdk'
import { isolated, listed, nameOfVariant, pluralOf } from '../words.ts'
import { byClarity, type Catalogue, type Effect, effectInWords, effectsOf, nameOfMetric } from './effects.ts'

export interface Verdict {
  readonly tone: 'better' | 'worse' | 'undecided' | 'nothing'
  /** One line that answers "what did it do?". */
  readonly headline: string
  readonly details: readonly string[]
}

const MOST_NAMED = 3

/** What the primary metrics say, in words, and what the guardrails add. */
export function verdictOf(analysis: Analysis, experiment: Experiment, catalogue: Catalogue): Verdict {
  const primary = effectsOf(analysis, experiment.metrics.primary).toSorted(byClarity)
  const say = sentencesFor(experiment, catalogue)
  const guardrails = effectsOf(analysis, experiment.metrics.guardrails).filter(isDamage).map(say.damage)
  return withoutNumbers(analysis, experiment, primary) ?? decided(primary, say, guardrails, experiment)
}

/** By the margin of the guardrail, where the engine judged it. */
function isDamage({ comparison, reading }: Effect): boolean {
  const judged = comparison.status === 'ok' ? comparison.guardrail : undefined
  return judged === undefined ? reading === 'worse' : judged.verdict === 'harmed'
}

/** Cases in which there is nothing to read off; undefined when there is. */
function withoutNumbers(
  analysis: Analysis,
  { metrics, unit }: Experiment,
  primary: readonly Effect[],
): Verdict | undefined {
  if (analysis.status === 'refused') {
    return nothing(
      'No verdict: these numbers would mislead',
      'They are shown because you asked for them. Do not decide by them.',
    )
  }
  if (analysis.units === 0) {
    return nothing(
      'Nothing to compare yet',
      `No ${unit} has met a variant. Numbers appear within seconds of the first exposure.`,
    )
  }
  if (metrics.primary.length === 0) {
    return nothing(
      'No verdict without a primary metric',
      'Choose the metric that decides under Design; outcomes that arrived already will count.',
    )
  }
  const isComputed = primary.some(({ comparison }) => comparison.status === 'ok')
  if (isComputed) return tooEarly(analysis)
  const reasons = new Set(
    primary.map(({ comparison }) => (comparison.status === 'ok' ? '' : comparison.message)),
  )
  return nothing(
    `Too early: ${pluralOf(unit)} are there, but no comparison yet`,
    ...[...reasons].slice(0, MOST_NAMED),
  )
}

/** A fixed horizon is read once, and nothing before. */
function tooEarly({ method, stopping }: Analysis): Verdict | undefined {
  if (method !== 'fixed-horizon' || stopping.waitingFor.length === 0) return undefined
  return nothing(
    'Not to be read yet: a fixed horizon is read once, at its end',
    `It waits for ${listed(stopping.waitingFor)}. What the numbers show until then may be chance, however clear it looks.`,
  )
}

function nothing(headline: string, ...details: readonly string[]): Verdict {
  return { tone: 'nothing', headline, details }
}

type Sentences = ReturnType<typeof sentencesFor>

function sentencesFor(experiment: Experiment, catalogue: Catalogue) {
  const variantOf = ({ variant }: Effect) => isolated(nameOfVariant(experiment, variant))
  const metricOf = ({ metric }: Effect) => isolated(nameOfMetric(catalogue, metric))
  const amountOf = ({ comparison, metric }: Effect) => effectInWords(comparison, catalogue.get(metric))
  const control = isolated(nameOfVariant(experiment, experiment.control))
  return {
    comparison: (effect: Effect) =>
      `${variantOf(effect)} is ${effect.reading} than ${control}: ${metricOf(effect)} ${amountOf(effect)}`,
    undecided: (effect: Effect) =>
      `Clearest so far: ${metricOf(effect)} of ${variantOf(effect)} differs by ${amountOf(effect)} from ${control}, which may be chance.`,
    damage: (effect: Effect) =>
      `A guardrail got worse with ${variantOf(effect)}: ${metricOf(effect)} ${amountOf(effect)}.`,
    mixed: (better: Effect, worse: Effect) =>
      `Mixed: ${variantOf(better)} is better than ${control} on ${metricOf(better)} (${amountOf(better)}) and worse on ${metricOf(worse)} (${amountOf(worse)})`,
    others: (effects: readonly Effect[], reading: string) =>
      `${listed(effects.map((effect) => `${variantOf(effect)} (${metricOf(effect)} ${amountOf(effect)})`))} ${effects.length === 1 ? 'is' : 'are'} ${reading} too.`,
  }
}

function decided(
  primary: readonly Effect[],
  say: Sentences,
  guardrails: readonly string[],
  { status }: Experiment,
): Verdict {
  const better = primary.filter(({ reading }) => reading === 'better')
  const worse = primary.filter(({ reading }) => reading === 'worse')
  const [best] = better
  const [worst] = worse
  const contradiction = best && worse.find(({ variant }) => variant === best.variant)
  if (best && contradiction) {
    return { tone: 'undecided', headline: say.mixed(best, contradiction), details: guardrails }
  }
  if (best) {
    const details = [
      ...othersOf(better, say),
      ...worse.slice(0, MOST_NAMED).map(sentence(say)),
      ...guardrails,
    ]
    return { tone: 'better', headline: say.comparison(best), details }
  }
  if (worst)
    return {
      tone: 'worse',
      headline: say.comparison(worst),
      details: [...othersOf(worse, say), ...guardrails],
    }
  const isEnded = status === 'completed' || status === 'cancelled'
  const clearest = primary[0]
  return {
    tone: 'undecided',
    headline: isEnded ? 'Not decided' : 'Not decided yet',
    details: [...(clearest ? [say.undecided(clearest)] : []), ...guardrails],
  }
}

function sentence(say: Sentences) {
  return (effect: Effect) => `${say.comparison(effect)}.`
}

/** Those that point the same way as the clearest one. */
function othersOf([first, ...others]: readonly Effect[], say: Sentences): string[] {
  if (first === undefined || others.length === 0) return []
  const named = say.others(others.slice(0, MOST_NAMED), first.reading)
  const more = others.length - MOST_NAMED
  return more > 0 ? [named, `And ${more} more comparisons point the same way.`] : [named]
}
