import { type Effect, type EffectProblem, isProblem } from '../statistics/effects/effect.ts'
import { meanEffect } from '../statistics/effects/mean-effect.ts'
import { ratioEffect } from '../statistics/effects/ratio-effect.ts'
import { CrossMoments } from '../statistics/moments/cross-moments.ts'
import type { OutlierCheck } from '../trust/evidence.ts'
import { type Extremes, hundredth, type UnitScan } from './unit-scan.ts'

/** A standard error within this share of what it is compared with is rounding, where in truth nothing varies. */
const ROUNDING = 1e-12

/** The variants of an experiment by number. */
export interface Arms {
  readonly variants: readonly string[]
  readonly control: number
}

/**
 * How much of a metric hangs on a few units, per variant, the control among them.
 *
 * `shareOfLargest`: of the sum of absolute values (of the numerators, for a ratio), what the largest hundredth of
 * the units has, at least one unit; 0 where all are 0.
 *
 * `influence`: by how much the difference from the control moves when the most influential unit of the variant is
 * left out, in standard errors of the difference without it (|DFBETAS|), by computing it anew without that unit.
 * For the control, over the differences of all variants from it. Where nothing can be computed without the unit,
 * because it alone varies, in standard errors with it, which is at most 1; 0 where there is no difference to move.
 *
 * @returns without variants whose sums left the range of doubles or that have no units
 *
 * Source: Belsley, Kuh & Welsch 1980, Regression Diagnostics, section 2.1, doi:10.1002/0471725153.
 */
export function outliersOf(metric: string, scan: UnitScan, { variants, control }: Arms): OutlierCheck[] {
  const moments = mergedOf(scan, variants.length)
  if (!moments) return []
  const groups = variants.map((_, i) => groupOf(moments, i))
  const controlGroup = groups[control] as CrossMoments
  return variants.flatMap((variant, i) => {
    const group = groups[i] as CrossMoments
    const extremes = scan.extremes[i] as Extremes
    const shareOfLargest = shareOf(extremes, group.units(0))
    const others = i === control ? groups.filter((_, other) => other !== control) : [controlGroup]
    const rest = withoutMostInfluential(group, extremes)
    const influence = Math.max(0, ...others.map((other) => influenceOf(group, rest, other)))
    const isFaithful = group.units(0) > 0 && Number.isFinite(shareOfLargest) && Number.isFinite(influence)
    return isFaithful ? [{ metric, variant, shareOfLargest, influence }] : []
  })
}

function shareOf({ absoluteTotal, largest }: Extremes, units: number): number {
  if (absoluteTotal === 0) return 0
  return absoluteTotal < Number.POSITIVE_INFINITY ? largest.sum(hundredth(units)) / absoluteTotal : Number.NaN
}

/** The most influential unit is the one without which the variant's value moves most. */
function withoutMostInfluential(group: CrossMoments, { candidates }: Extremes): CrossMoments {
  const rests = candidates.map((outcomes) => {
    const rest = groupOf(group, 0)
    rest.add(0, outcomes, -1)
    return { rest, distance: Math.abs(levelOf(rest) - levelOf(group)) }
  })
  const [first] = rests.toSorted((a, b) => b.distance - a.distance)
  return first?.rest ?? group
}

function influenceOf(group: CrossMoments, rest: CrossMoments, other: CrossMoments): number {
  const whole = effectBetween(other, group)
  if (isProblem(whole) || !varies(whole)) return 0
  const without = effectBetween(other, rest)
  if (!isProblem(without) && without.standardError > ROUNDING * whole.standardError)
    return Math.abs(without.estimate - whole.estimate) / without.standardError
  const moved = Math.abs(levelOf(rest) - levelOf(group)) / whole.standardError
  return Number.isFinite(moved) ? moved : 1
}

function varies({ standardError, control, treatment }: Effect): boolean {
  return standardError > ROUNDING * Math.max(Math.abs(control.value), Math.abs(treatment.value))
}

function effectBetween(control: CrossMoments, treatment: CrossMoments): Effect | EffectProblem {
  const effectOf = control.components === 1 ? meanEffect : ratioEffect
  return effectOf(control.summary(0), treatment.summary(0))
}

function levelOf(group: CrossMoments): number {
  return group.components === 1 ? group.mean(0, 0) : group.mean(0, 0) / group.mean(0, 1)
}

function mergedOf({ days }: UnitScan, variants: number): CrossMoments | undefined {
  const [first] = days.values()
  if (!first) return undefined
  const merged = new CrossMoments(variants, first.components)
  for (const moments of days.values()) merged.merge(moments)
  return merged
}

/** A copy of one group alone. */
function groupOf(moments: CrossMoments, group: number): CrossMoments {
  const stride = moments.data.length / moments.groups
  return new CrossMoments(1, moments.components, moments.data.slice(group * stride, (group + 1) * stride))
}
