import type { CrossMoments } from '../statistics/moments/cross-moments.ts'

/** Variances within this share of the squared mean are rounding. */
const ROUNDING = 1e-24

/** One variant on one day of exposure. */
export interface ArmOfDay {
  readonly units: number
  /** Mean, or ratio of the totals. */
  readonly value: number
  /** Of one unit: s², for a ratio that of its linear approximation. */
  readonly variance: number
}

export interface DailyEffect {
  /** Since 1970. */
  readonly day: number
  readonly control: ArmOfDay
  readonly treatment: ArmOfDay
}

/** A number of a day, how much it counts among the days, and the parts of its variance. */
export interface DailyPoint {
  readonly day: number
  readonly value: number
  /** 1 / variance, where the variance of one unit is taken to be the same on all days. */
  readonly weight: number
  /** Of the control and of the treatment, from the units of this day alone. */
  readonly parts: readonly VariancePart[]
}

export interface VariancePart {
  readonly variance: number
  readonly degreesOfFreedom: number
}

/** Days with at least two units of both variants whose values exist, in the order of the calendar. */
export function dailyEffects(
  days: ReadonlyMap<number, CrossMoments>,
  control: number,
  treatment: number,
): DailyEffect[] {
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .map(([day, moments]) => ({
      day,
      control: armOf(moments, control),
      treatment: armOf(moments, treatment),
    }))
    .filter((each) => isUsable(each.control) && isUsable(each.treatment))
}

/**
 * The effects of the days on each scale on which a change is to be seen before it is believed.
 *
 * Where all units have had equally long there is one: treatment − control. Where outcomes count without end,
 * units of recent days have had less time, and their effect is smaller by that alone if it grows with what units
 * do. Then the effect is also seen relative to what units of the day have done so far (brought to units of the
 * metric by their average); that scale alone would err where the effect comes once and does not grow.
 */
export function effectScales(effects: readonly DailyEffect[], hasEqualTime: boolean): DailyPoint[][] {
  const pooled = {
    control: pooledVariance(effects, 'control'),
    treatment: pooledVariance(effects, 'treatment'),
  }
  const weighed = effects.map((effect) => weigh(effect, pooled))
  return hasEqualTime ? [absoluteScale(weighed)] : [absoluteScale(weighed), relativeScale(weighed)]
}

interface WeighedEffect extends DailyEffect {
  readonly effect: number
  readonly weight: number
  /** Mean of both variants that is independent of their difference, and the treatment's share in it. */
  readonly level: number
  readonly treatmentShare: number
}

function weigh(
  { day, control, treatment }: DailyEffect,
  pooled: { readonly control: number; readonly treatment: number },
): WeighedEffect {
  const ofControl = pooled.control / control.units
  const ofTreatment = pooled.treatment / treatment.units
  const variance = ofControl + ofTreatment
  const treatmentShare = ofControl / variance
  return {
    day,
    control,
    treatment,
    effect: treatment.value - control.value,
    weight: 1 / variance,
    level: treatmentShare * treatment.value + (1 - treatmentShare) * control.value,
    treatmentShare,
  }
}

function absoluteScale(effects: readonly WeighedEffect[]): DailyPoint[] {
  return effects.map(({ day, effect, weight, control, treatment }) => ({
    day,
    value: effect,
    weight,
    parts: [partOf(control, 1), partOf(treatment, 1)],
  }))
}

/**
 * Effect × average level / level of the day, with weights by which the level of a day is never divided by: this
 * is least squares of the effect on the level. What is left is a sum of the two means whose factors follow from
 * the average relative effect.
 */
function relativeScale(effects: readonly WeighedEffect[]): DailyPoint[] {
  const average =
    sumOf(effects, ({ weight, level }) => weight * level) / sumOf(effects, ({ weight }) => weight)
  const relative =
    sumOf(effects, ({ weight, level, effect }) => weight * level * effect) /
    sumOf(effects, ({ weight, level }) => weight * level * level)
  return effects
    .filter(({ level }) => level !== 0)
    .map(({ day, effect, weight, level, treatmentShare, control, treatment }) => {
      const factor = average / level
      return {
        day,
        value: effect * factor,
        weight: weight / (factor * factor),
        parts: [
          partOf(control, factor * (1 + relative * (1 - treatmentShare))),
          partOf(treatment, factor * (1 - relative * treatmentShare)),
        ],
      }
    })
}

function partOf({ units, variance }: ArmOfDay, factor: number): VariancePart {
  return { variance: (factor * factor * variance) / units, degreesOfFreedom: units - 1 }
}

function armOf(moments: CrossMoments, variant: number): ArmOfDay {
  const units = moments.units(variant)
  const x = moments.mean(variant, 0)
  const xx = moments.covariance(variant, 0, 0)
  if (moments.components === 1) return { units, value: x, variance: aboveRounding(xx, ROUNDING * x * x) }
  const y = moments.mean(variant, 1)
  const ratio = x / y
  const xy = 2 * ratio * moments.covariance(variant, 0, 1)
  const yy = ratio * ratio * moments.covariance(variant, 1, 1)
  const rounding = ROUNDING * x * x + 8 * Number.EPSILON * (xx + Math.abs(xy) + yy)
  return { units, value: ratio, variance: aboveRounding(xx - xy + yy, rounding) / (y * y) }
}

/** What is left of a variance by rounding, where all units are alike, is none. */
function aboveRounding(variance: number, rounding: number): number {
  return variance <= rounding ? 0 : variance
}

function isUsable({ units, value, variance }: ArmOfDay): boolean {
  return units >= 2 && Number.isFinite(value) && Number.isFinite(variance)
}

function pooledVariance(effects: readonly DailyEffect[], arm: 'control' | 'treatment'): number {
  const freedom = sumOf(effects, (effect) => effect[arm].units - 1)
  return sumOf(effects, (effect) => effect[arm].variance * (effect[arm].units - 1)) / freedom
}

export function sumOf<T>(items: readonly T[], term: (item: T) => number): number {
  let sum = 0
  for (const item of items) sum += term(item)
  return sum
}
