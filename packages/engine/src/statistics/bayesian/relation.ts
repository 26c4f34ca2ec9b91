import { logistic } from './excess.ts'

/** The arm whose values are gone through; the other one is its partner. */
export type Arm = 'control' | 'treatment'

/** How the points of two arms on their line belong together when the effect has a given value. */
export interface Relation {
  /** The partner's point; ∓Infinity where its value would lie outside the domain. */
  partner(arm: Arm, at: number, effect: number): number
  /** How fast the partner's point moves with the effect, as an absolute value, given that point. */
  speed(partner: number, effect: number): number
  /** The points of the arm where the partner reaches an end of its domain. */
  breaks(arm: Arm, effect: number): readonly number[]
}

/** Probabilities, by treatment − control. The complements are moved too, so that those near 1 lose nothing. */
export const PROBABILITY_DIFFERENCE: Relation = {
  partner: (arm, at, effect) => {
    const shift = arm === 'control' ? effect : -effect
    return logit(logistic(at) + shift, logistic(-at) - shift)
  },
  speed: (partner) => 1 / (logistic(partner) * logistic(-partner)),
  breaks: (arm, effect) => {
    const shift = arm === 'control' ? effect : -effect
    return [logit(-shift, 1 + shift), logit(1 - shift, shift)]
  },
}

/** Probabilities, by treatment / control − 1. */
export const PROBABILITY_LIFT: Relation = {
  partner: (arm, at, effect) => {
    const ratio = 1 + effect
    const x = logistic(at)
    const y = logistic(-at)
    return arm === 'control' ? logit(ratio * x, y - effect * x) : logit(x / ratio, (y + effect) / ratio)
  },
  speed: (partner, effect) => 1 / ((1 + effect) * logistic(-partner)),
  breaks: (arm, effect) => [arm === 'control' ? logit(1, effect) : logit(1 + effect, -effect)],
}

/** Rates, by treatment − control. */
export const RATE_DIFFERENCE: Relation = {
  partner: (arm, at, effect) => logOrLess(Math.exp(at) + (arm === 'control' ? effect : -effect)),
  speed: (partner) => Math.exp(-partner),
  breaks: (arm, effect) => [logOrLess(arm === 'control' ? -effect : effect)],
}

/** Rates, by treatment / control − 1. */
export const RATE_LIFT: Relation = {
  partner: (arm, at, effect) => at + (arm === 'control' ? 1 : -1) * Math.log1p(effect),
  speed: (_partner, effect) => 1 / (1 + effect),
  breaks: () => [],
}

function logit(x: number, y: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY
  return y <= 0 ? Number.POSITIVE_INFINITY : Math.log(x) - Math.log(y)
}

function logOrLess(x: number): number {
  return x > 0 ? Math.log(x) : Number.NEGATIVE_INFINITY
}
