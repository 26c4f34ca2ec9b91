import type { SolvedPower } from '@helios/sdk'
import { type Draft, EMPTY_DRAFT, emptyVariant, type VariantDraft } from '../create/draft.ts'
import { isShare, type PowerDraft } from './power-draft.ts'

/** The draft of a new experiment with what was planned here; what was typed there before stays otherwise. */
export function draftWith(plan: PowerDraft, answer: SolvedPower, known: Draft = EMPTY_DRAFT): Draft {
  const { duration, unitsPerVariant, comparisons } = answer
  return {
    ...known,
    variants: withVariants(known.variants, comparisons + 1),
    coveragePercent: plan.coveragePercent,
    size: { ...known.size, ...sizeOf(plan, answer) },
    minimumSample: unitsPerVariant,
    ...(duration === undefined ? {} : { maximumDurationDays: duration.days }),
    analysis: {
      ...known.analysis,
      method: plan.method,
      ...(plan.method === 'group-sequential' ? { looks: plan.looks, spending: plan.spending } : {}),
    },
  }
}

/** What the size step asks; it knows shares and means, and increases relative to the value today. */
function sizeOf(plan: PowerDraft, { effect, power }: SolvedPower): Partial<Draft['size']> {
  const shared = {
    alphaPercent: plan.alphaPercent,
    powerPercent: plan.unknown === 'power' ? Number((100 * power).toFixed(1)) : plan.powerPercent,
    unitsPerDay: plan.unitsPerDay,
  }
  if (!isShare(plan) && plan.kind !== 'mean') return shared
  const { baseline, standardDeviation } = plan
  const kind = isShare(plan) ? 'proportion' : 'mean'
  const { relative } = effect
  if (relative === null) return { ...shared, kind, baseline, standardDeviation }
  const effectPercent = Number((100 * Math.abs(relative)).toPrecision(4))
  return { ...shared, kind, baseline, standardDeviation, effectPercent }
}

/** More variants where more were planned; none is taken away. */
function withVariants(variants: readonly VariantDraft[], count: number): readonly VariantDraft[] {
  const all = [...variants]
  while (all.length < count) all.push({ ...emptyVariant(all), key: `treatment-${all.length}` })
  return all
}
