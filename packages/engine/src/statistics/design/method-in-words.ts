import type { CompleteQuestion, PlannedMetric } from './power-question.ts'

/** How a question was answered, in words. */
export function methodOf(question: CompleteQuestion): string {
  const parts = [testOf(question), readingOf(question), sharesOf(question), spreadOf(question)]
  return parts.filter((part) => part !== '').join('; ')
}

function testOf({ metric, plan, hypothesis }: CompleteQuestion): string {
  const kind = {
    difference: '',
    'non-inferiority': 'non-inferiority of ',
    equivalence: 'equivalence (two one-sided tests) of ',
  }[hypothesis.kind]
  const isFixed = plan.method === 'fixed-horizon'
  if (metric.kind === 'mean' && isFixed) return `${kind}two means, exact by the noncentral t distribution`
  if (isShare(metric) && isFixed && hypothesis.kind === 'difference')
    return 'two proportions, normal approximation, pooled without effect and unpooled with it (Fleiss 1981, eq. 3.14)'
  return `${kind}${NAMES[metric.kind]}, normal approximation`
}

const NAMES: Readonly<Record<PlannedMetric['kind'], string>> = {
  proportion: 'two proportions, unpooled',
  retention: 'two proportions, unpooled',
  mean: 'two means',
  count: 'two mean counts, variance by the dispersion',
  ratio: 'two ratios, variance by the delta method',
}

function isShare({ kind }: PlannedMetric): boolean {
  return kind === 'proportion' || kind === 'retention'
}

function readingOf({ plan: { method, looks, spending } }: CompleteQuestion): string {
  if (method === 'fixed-horizon') return ''
  const times = looks === 1 ? '1 look' : `${looks} looks`
  if (method === 'always-valid')
    return `always-valid (confidence sequence narrowest at the planned sample), ${times} evenly up to it`
  const name = spending === 'pocock' ? 'Pocock' : "O'Brien and Fleming"
  return `group-sequential, ${times}, alpha spending as ${name}`
}

function sharesOf({ correction, variants, sides }: CompleteQuestion): string {
  const side = sides === 1 ? 'one-sided' : ''
  const comparisons = variants - 1
  if (comparisons === 1) return side
  const shared = {
    bonferroni: `alpha shared by ${comparisons} comparisons (Bonferroni)`,
    dunnett: `${comparisons} comparisons by Dunnett's test`,
    none: `${comparisons} comparisons, each at the whole of alpha`,
  }[correction]
  return side === '' ? shared : `${side}; ${shared}`
}

function spreadOf({ clusters, varianceSaved }: CompleteQuestion): string {
  const parts: string[] = []
  if (varianceSaved > 0) parts.push('variance × (1 − share that covariates explain)')
  if (clusters) parts.push('variance × design effect of the clusters')
  return parts.join('; ')
}
