import { Random } from '../../random.ts'
import { sampleQuantile } from '../metrics/sample-quantile.ts'

/** Units whose effects were predicted without their own outcomes. */
export interface RankedUnits {
  /** Predicted effects: who is to be treated first. */
  readonly predictions: ArrayLike<number>
  /** Zeros and ones, assigned at random. */
  readonly treated: ArrayLike<number>
  readonly outcomes: ArrayLike<number>
}

export interface QiniPoint {
  /** Share of the units that get the treatment, those with the largest predictions. */
  readonly share: number
  /** Outcome gained by that, per unit of the whole population. */
  readonly gain: number
}

export interface Qini {
  /** At most 101 points from (0, 0) to (1, average effect). */
  readonly curve: readonly QiniPoint[]
  /** Area under the curve (AUUC). */
  readonly areaUnderCurve: number
  /**
   * Area between the curve and the straight line of treating units in any order; above 0 when the predictions rank
   * better than chance. In units of the outcome.
   */
  readonly coefficient: number
  readonly standardError: number
  readonly low: number
  readonly high: number
}

export interface QiniQuestion {
  readonly alpha: number
  readonly seed: number
  /** Bootstrap replicates; 400 when absent. */
  readonly replicates?: number
}

const CURVE_POINTS = 100
const REPLICATES = 400

/**
 * Qini curve: gain(φ) = (Yₜ(φ) − Y꜀(φ) · nₜ(φ) / n꜀(φ)) / nₜ over the share φ of units with the largest predictions, and
 * the area between it and the line to the average effect. Units with equal predictions enter together.
 *
 * The interval is a percentile bootstrap over units for given predictions: it says how well these predictions rank,
 * not how well another run of the learner would.
 *
 * @returns NaN when an arm has no units
 *
 * Source: Radcliffe 2007, Using control groups to target on predicted lift, Direct Marketing Analytics Journal;
 * bootstrap: Efron & Tibshirani 1993, section 13.3, with Poisson weights in place of resampling (Hanley & MacGibbon
 * 2006, doi:10.1016/j.cmpb.2006.04.006).
 */
export function qini(units: RankedUnits, { alpha, seed, replicates = REPLICATES }: QiniQuestion): Qini {
  const ranking = rankingOf(units)
  const whole = traverse(ranking, undefined)
  const random = new Random(seed)
  const drawn = new Float64Array(ranking.outcomes.length)
  const coefficients = Float64Array.from({ length: replicates }, () => {
    for (let i = 0; i < drawn.length; i++) drawn[i] = poissonOfMeanOne(random)
    return traverse(ranking, drawn).coefficient
  }).sort()
  const mean = coefficients.reduce((sum, value) => sum + value, 0) / replicates
  const squares = coefficients.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    curve: curveOf(ranking),
    areaUnderCurve: whole.area,
    coefficient: whole.coefficient,
    standardError: Math.sqrt(squares / (replicates - 1)),
    low: sampleQuantile(coefficients, alpha / 2),
    high: sampleQuantile(coefficients, 1 - alpha / 2),
  }
}

/** Units by falling prediction. */
interface Ranking {
  readonly treated: Uint8Array
  readonly outcomes: Float64Array
  /** Whether the next unit has another prediction. */
  readonly isLastOfTie: Uint8Array
}

function rankingOf({ predictions, treated, outcomes }: RankedUnits): Ranking {
  const order = Array.from({ length: predictions.length }, (_, i) => i).sort(
    (a, b) => (predictions[b] as number) - (predictions[a] as number) || a - b,
  )
  return {
    treated: Uint8Array.from(order, (i) => treated[i] as number),
    outcomes: Float64Array.from(order, (i) => outcomes[i] as number),
    isLastOfTie: Uint8Array.from(order, (i, place) =>
      Number(predictions[i] !== predictions[order[place + 1] ?? -1]),
    ),
  }
}

interface Areas {
  readonly area: number
  readonly coefficient: number
}

/** Area under the curve by the trapezoidal rule, from the best unit to the worst. */
function traverse(
  { treated, outcomes, isLastOfTie }: Ranking,
  weights: Float64Array | undefined,
  onPoint?: (units: number, uplift: number) => void,
): Areas {
  const counts = [0, 0]
  const sums = [0, 0]
  let area = 0
  let lastUnits = 0
  let lastUplift = 0
  for (let i = 0; i < treated.length; i++) {
    const weight = weights ? (weights[i] as number) : 1
    const arm = treated[i] as number
    counts[arm] = (counts[arm] as number) + weight
    sums[arm] = (sums[arm] as number) + weight * (outcomes[i] as number)
    const [control, treatment] = counts as [number, number]
    if (isLastOfTie[i] === 0 || control === 0) continue
    const uplift = (sums[1] as number) - ((sums[0] as number) * treatment) / control
    area += ((uplift + lastUplift) / 2) * (control + treatment - lastUnits)
    lastUnits = control + treatment
    lastUplift = uplift
    onPoint?.(lastUnits, uplift)
  }
  const scale = lastUnits * (counts[1] as number)
  return { area: area / scale, coefficient: (area - (lastUplift * lastUnits) / 2) / scale }
}

/** The curve where each hundredth of the units is first reached. */
function curveOf(ranking: Ranking): QiniPoint[] {
  const n = ranking.treated.length
  const treatedUnits = ranking.treated.reduce((sum, arm) => sum + arm, 0)
  const points: QiniPoint[] = [{ share: 0, gain: 0 }]
  traverse(ranking, undefined, (units, uplift) => {
    const reached = Math.floor((CURVE_POINTS * units) / n)
    const before = Math.floor(CURVE_POINTS * (points.at(-1) as QiniPoint).share + 1e-9)
    if (reached > before) points.push({ share: units / n, gain: uplift / treatedUnits })
  })
  return points
}

/** Poisson by inversion: how often a unit is drawn. */
function poissonOfMeanOne(random: Random): number {
  const u = random.next()
  let count = 0
  let mass = Math.exp(-1)
  let reached = mass
  while (u >= reached && count < 20) {
    count++
    mass /= count
    reached += mass
  }
  return count
}
