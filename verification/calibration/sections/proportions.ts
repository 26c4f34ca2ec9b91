import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import {
  exactRateRatioInterval,
  rateRatioInterval,
} from '../../../packages/engine/src/statistics/hypothesis-tests/poisson-rates.ts'
import type { Interval } from '../../../packages/engine/src/statistics/intervals/mover.ts'
import {
  oddsRatio,
  riskRatio,
} from '../../../packages/engine/src/statistics/intervals/odds-and-risk-ratio.ts'
import {
  agrestiCaffoInterval,
  waldInterval,
} from '../../../packages/engine/src/statistics/intervals/proportion-difference-intervals.ts'
import {
  type BinarySample,
  newcombeInterval,
  proportionRatioInterval,
  wilsonInterval,
} from '../../../packages/engine/src/statistics/intervals/proportion-intervals.ts'
import { miettinenNurminenInterval } from '../../../packages/engine/src/statistics/intervals/score-interval.ts'
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
} from '../../../packages/engine/src/statistics/intervals/single-proportion-intervals.ts'
import { ALPHA, type Band, COVERAGE, FOR_CONTRAST, NOT_PROMISED } from '../band.ts'
import { binomialWindow, eachPair, poissonWindow } from '../populations/counts.ts'
import type { Question } from '../row.ts'
import { type Enumerated, enumeration, type Study } from '../study.ts'
import { sampleOf } from './estimators-one-look.ts'

const { mean, atLeast } = COVERAGE

/** The two numbers of a grid of rates. */
const STATISTICS = ['mean', 'minimum'] as const

interface Method {
  readonly name: string
  /** What the average over rates may be; the minimum is judged only where it is promised. */
  readonly band: Band
  readonly minimum?: Band
}

function questionsOf(
  methods: readonly Method[],
  measure: string,
  population: string,
  sample: string,
): Question[] {
  return methods.flatMap(({ name, band, minimum = NOT_PROMISED }) =>
    STATISTICS.map((statistic) => ({
      section: 'proportions' as const,
      measure: `${measure}: ${statistic} coverage`,
      method: name,
      population,
      sample,
      band: statistic === 'mean' ? band : minimum,
    })),
  )
}

/** Coverage of each method at each point of a grid, as mean and minimum. */
function overGrid(coverages: readonly (readonly Enumerated[])[]): Enumerated[] {
  const methods = coverages[0]?.length ?? 0
  return Array.from({ length: methods }, (_, i) => coverages.map((row) => row[i] as Enumerated)).flatMap(
    (column) => {
      const shares = column.map(({ value }) => value)
      const unanswered = average(column.map((each) => each.unanswered ?? 0))
      return [
        { value: average(shares), unanswered },
        { value: Math.min(...shares), unanswered },
      ]
    },
  )
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}

interface OneRateMethod extends Method {
  interval(sample: BinarySample): Interval
}

const wald = ({ successes, trials }: BinarySample): Interval => {
  const share = successes / trials
  const margin = -normalQuantile(ALPHA / 2) * Math.sqrt((share * (1 - share)) / trials)
  return { low: share - margin, high: share + margin }
}

const ONE_RATE: readonly OneRateMethod[] = [
  { name: 'Wilson', band: mean, interval: (sample) => wilsonInterval(sample, ALPHA) },
  {
    name: 'Clopper–Pearson',
    band: atLeast,
    minimum: atLeast,
    interval: (sample) => clopperPearsonInterval(sample, ALPHA),
  },
  { name: 'Jeffreys', band: mean, interval: (sample) => jeffreysInterval(sample, ALPHA) },
  { name: 'Agresti–Coull', band: mean, interval: (sample) => agrestiCoullInterval(sample, ALPHA) },
  { name: 'Wald', band: FOR_CONTRAST, interval: wald },
]

/** 0.005, 0.010, … 0.995; shifted a little, so that no rate is the end of an interval but for rounding. */
const RATES = Array.from({ length: 199 }, (_, i) => (i + 1) * 0.005 + 1.234e-5)

const oneRate = [20, 100, 1000].map((trials) =>
  enumeration(
    `one proportion/${trials}`,
    questionsOf(ONE_RATE, 'One proportion', 'binomial, 199 rates', sampleOf(trials)),
    () => {
      const intervals = ONE_RATE.map(({ interval }) =>
        Array.from({ length: trials + 1 }, (_, successes) => interval({ successes, trials })),
      )
      return overGrid(
        RATES.map((rate) => {
          const window = binomialWindow(trials, rate)
          return intervals.map((byCount) => {
            let value = 0
            for (const { count, probability } of window)
              if (isIn(byCount[count] as Interval, rate)) value += probability
            return { value }
          })
        }),
      )
    },
  ),
)

interface TwoRateMethod extends Method {
  readonly scale: 'difference' | 'ratio' | 'odds ratio'
  interval(control: BinarySample, treatment: BinarySample): Interval
}

const TWO_RATES: readonly TwoRateMethod[] = [
  { name: 'Newcombe', scale: 'difference', band: mean, interval: (c, t) => newcombeInterval(c, t, ALPHA) },
  {
    name: 'Miettinen–Nurminen',
    scale: 'difference',
    band: mean,
    interval: (c, t) => miettinenNurminenInterval(c, t, ALPHA),
  },
  {
    name: 'Agresti–Caffo',
    scale: 'difference',
    band: mean,
    interval: (c, t) => agrestiCaffoInterval(c, t, ALPHA),
  },
  { name: 'Wald', scale: 'difference', band: FOR_CONTRAST, interval: (c, t) => waldInterval(c, t, ALPHA) },
  {
    name: 'ratio, from Wilson (MOVER-R)',
    scale: 'ratio',
    band: mean,
    interval: (c, t) => proportionRatioInterval(c, t, ALPHA),
  },
  { name: 'ratio, Katz', scale: 'ratio', band: mean, interval: (c, t) => riskRatio(c, t, ALPHA) },
  { name: 'odds ratio, Woolf', scale: 'odds ratio', band: mean, interval: (c, t) => oddsRatio(c, t, ALPHA) },
  {
    name: 'odds ratio, Woolf with ½',
    scale: 'odds ratio',
    band: mean,
    interval: (c, t) => oddsRatio(c, t, ALPHA, 0.5),
  },
]

const COARSE = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
const PAIRS_OF_RATES = COARSE.flatMap((control, i) =>
  COARSE.slice(i).map((treatment) => [control + 1.234e-5, treatment - 2.345e-5] as const),
)
const RARE_PAIRS = [
  [0.005, 0.005],
  [0.005, 0.01],
  [0.05, 0.05],
  [0.05, 0.055],
  [0.05, 0.07],
  [0.3, 0.3],
  [0.3, 0.35],
].map(([control = 0, treatment = 0]) => [control + 1.234e-6, treatment - 2.345e-6] as const)

const TWO_RATE_PLANS = [
  { trials: 20, pairs: PAIRS_OF_RATES },
  { trials: 100, pairs: PAIRS_OF_RATES },
  { trials: 1000, pairs: RARE_PAIRS },
]

const twoRates = TWO_RATE_PLANS.flatMap(({ trials, pairs }) =>
  TWO_RATES.map((method) =>
    enumeration(
      `two proportions/${trials}/${method.name}`,
      questionsOf([method], 'Two proportions', `binomial, ${pairs.length} pairs of rates`, sampleOf(trials)),
      () => {
        const intervalOf = remembered(method, trials)
        return overGrid(pairs.map((rates) => [coverageOf(method, rates, trials, intervalOf)]))
      },
    ),
  ),
)

/** Pairs of counts come again with the next pair of rates. */
function remembered(method: TwoRateMethod, trials: number): (a: number, b: number) => Interval {
  const known = new Map<number, Interval>()
  return (a, b) => {
    const key = a * (trials + 1) + b
    const found = known.get(key) ?? method.interval({ successes: a, trials }, { successes: b, trials })
    known.set(key, found)
    return found
  }
}

function coverageOf(
  { scale }: TwoRateMethod,
  [control, treatment]: readonly [number, number],
  trials: number,
  intervalOf: (a: number, b: number) => Interval,
): Enumerated {
  const truth = truthOf(scale, control, treatment)
  let held = 0
  let answered = 0
  eachPair(binomialWindow(trials, control), binomialWindow(trials, treatment), (a, b, probability) => {
    const interval = intervalOf(a, b)
    if (Number.isNaN(interval.low) || Number.isNaN(interval.high)) return
    answered += probability
    if (isIn(interval, truth)) held += probability
  })
  return { value: held / answered, unanswered: Math.max(0, 1 - answered) }
}

function truthOf(scale: TwoRateMethod['scale'], control: number, treatment: number): number {
  if (scale === 'difference') return treatment - control
  if (scale === 'ratio') return treatment / control
  return (treatment / (1 - treatment)) * ((1 - control) / control)
}

function isIn({ low, high }: Interval, truth: number): boolean {
  return low <= truth && truth <= high
}

const RATE_RATIOS = [
  { name: 'rate ratio, exact', band: atLeast, minimum: atLeast, interval: exactRateRatioInterval },
  { name: 'rate ratio, logarithmic', band: mean, interval: rateRatioInterval },
]
const RATIOS = [1, 1.1, 1.5, 2, 4]

const rateRatios = [5, 20, 100].map((events) =>
  enumeration(
    `rate ratios/${events}`,
    questionsOf(
      RATE_RATIOS,
      'Two rates of events',
      `Poisson, ${RATIOS.length} ratios`,
      `${events} events expected`,
    ),
    () =>
      overGrid(
        RATIOS.map((ratio) =>
          RATE_RATIOS.map(({ interval }) => {
            let held = 0
            let answered = 0
            eachPair(poissonWindow(events), poissonWindow(events * ratio), (a, b, probability) => {
              const found = interval({ events: a, exposure: 1 }, { events: b, exposure: 1 }, ALPHA)
              if (Number.isNaN(found.low) || Number.isNaN(found.high)) return
              answered += probability
              if (isIn(found, ratio + 1.234e-9)) held += probability
            })
            return { value: held / answered, unanswered: Math.max(0, 1 - answered) }
          }),
        ),
      ),
  ),
)

export const proportions: readonly Study[] = [...oneRate, ...twoRates, ...rateRatios]
