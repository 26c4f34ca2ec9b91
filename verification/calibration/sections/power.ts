import { DEFAULT_ANALYSIS_SETTINGS } from '../../../packages/engine/src/experiment.ts'
import { normalQuantile } from '../../../packages/engine/src/statistics/distributions/normal-quantile.ts'
import { efficacyBoundaries } from '../../../packages/engine/src/statistics/sequential/group-sequential/boundaries.ts'
import {
  inflationFactor,
  rejectionProbability,
} from '../../../packages/engine/src/statistics/sequential/group-sequential/power.ts'
import { ALPHA, type Band, NOT_PROMISED } from '../band.ts'
import { contenderFor } from '../populations/contenders.ts'
import { DAILY, DAYS, eachLook, type LookPlan, UNITS_PER_DAY } from '../populations/looks.ts'
import { POPULATIONS, type Population } from '../populations/population.ts'
import { finds, type Rule, ruleOf } from '../populations/rules.ts'
import type { Question } from '../row.ts'
import { enumeration, type Study } from '../study.ts'
import { emptyTally, quantileRatioOf, shareOf, type Tally } from '../tally.ts'

const POWER = 0.8
const Z_SUM = -normalQuantile(ALPHA / 2) - normalQuantile(1 - POWER)

/** Looks go on after the planned end, to see how long what was not found by then would take. */
const LONGER: LookPlan = {
  ...DAILY,
  name: 'a look every day',
  unitsPerVariant: Array.from({ length: 4 * DAYS }, (_, i) => (i + 1) * UNITS_PER_DAY),
}

const normal = POPULATIONS.find(({ name }) => name === 'normal') as Population
const DEVIATION = 3
/** Relative effect that one look at the planned end finds with the power. */
const EFFECT = (Z_SUM * DEVIATION * Math.sqrt(2 / LONGER.plannedUnits)) / normal.value

function powerBand(low: number, high: number, name: string, why: string): Band {
  return { name, low, high, why }
}

const EIGHTY = powerBand(
  POWER - 0.005,
  POWER + 0.005,
  'about 80 %',
  'By construction; Student instead of normal, and findings in the wrong direction, change it by less than half a percent.',
)
const BEATS_MIXTURE = powerBand(
  0.55,
  POWER,
  '55 to 80 %',
  'One look at the end is the best there is at the end. A plain normal mixture, the usual confidence sequence, finds 50 %; the default is built to find more and would have lost its purpose below 55 %.',
)
const NORMAL_THEORY = powerBand(
  plannedPower() - 0.01,
  plannedPower() + 0.01,
  'as computed for normal z',
  'The power of the boundaries at the planned looks is computed by numerical integration; a percent is left for Student instead of normal.',
)

interface Contender {
  readonly rule: Rule
  readonly band: Band
}

const CONTENDERS: readonly Contender[] = [
  { rule: oneLookAtTheEnd(), band: EIGHTY },
  { rule: ruleOf(contenderFor(normal, 'group-sequential'), LONGER), band: NORMAL_THEORY },
  { rule: ruleOf(contenderFor(normal, 'always-valid'), LONGER), band: BEATS_MIXTURE },
  { rule: ruleOf(contenderFor(normal, 'mixture-sprt'), LONGER), band: NOT_PROMISED },
  {
    rule: ruleOf(contenderFor(normal, 'mixture-sprt'), LONGER, {
      name: 'mixture-sprt, expecting effects of this size',
      settings: { priorDeviation: EFFECT },
    }),
    band: NOT_PROMISED,
  },
]

function oneLookAtTheEnd(): Rule {
  const { name, inference, read } = ruleOf(contenderFor(normal, 'fixed-horizon'), LONGER)
  return {
    name: `${name}, one look at the end`,
    inference,
    read: (look) => (look.unitsPerVariant === LONGER.plannedUnits ? read(look) : undefined),
  }
}

/** Information fractions of the looks that the engine takes at these daily looks. */
function plannedFractions(): number[] {
  const { looks } = DEFAULT_ANALYSIS_SETTINGS
  return Array.from({ length: looks }, (_, i) => Math.ceil((DAYS * (i + 1)) / looks) / DAYS)
}

function plannedRule() {
  const information = plannedFractions()
  const upper = efficacyBoundaries({
    information,
    alpha: ALPHA,
    sides: 2,
    spending: { kind: DEFAULT_ANALYSIS_SETTINGS.spending },
  })
  return { rule: { information, upper, lower: upper.map((boundary) => -boundary) }, sides: 2 as const }
}

function plannedPower(): number {
  return rejectionProbability(plannedRule(), Z_SUM)
}

const MEASURES = [
  'Found by the planned end (28 days), of effects that one look there finds in 80 %',
  'Median units until the end of the experiment, found or not, as a share of the planned',
  'Units until 80 % are found, as a multiple of the planned',
] as const

/** An effect larger than the one planned for: what does stopping early gain? */
const LARGER = [1.5, 2, 3]

const plannedEffect: Study = {
  name: 'power/planned effect',
  experiments: 5000,
  batch: 250,
  questions: MEASURES.flatMap((measure, i) =>
    CONTENDERS.map(({ rule, band }) => question(measure, rule, '1 ×', i === 0 ? band : NOT_PROMISED)),
  ),
  run: (random, experiments) => {
    const tallies = MEASURES.flatMap(() => CONTENDERS.map(emptyTally))
    for (let i = 0; i < experiments; i++) {
      const found = unitsUntilFound(1, random)
      for (const [j, units] of found.entries()) countPlanned(tallies, j, units)
    }
    return tallies
  },
  conclude: (tallies) =>
    tallies.map((tally, i) => {
      if (i < CONTENDERS.length) return shareOf(tally)
      return quantileRatioOf(tally, LONGER.plannedUnits, i < 2 * CONTENDERS.length ? 0.5 : POWER)
    }),
}

function countPlanned(tallies: readonly Tally[], contender: number, units: number): void {
  const [share, stopped, until] = MEASURES.map((_, i) => tallies[i * CONTENDERS.length + contender] as Tally)
  if (!share || !stopped || !until) return
  share.answered++
  if (units <= LONGER.plannedUnits) share.happened++
  stopped.values.push(Math.min(units, LONGER.plannedUnits))
  until.values.push(units)
}

function question(measure: string, { name }: Rule, effect: string, band: Band): Question {
  return {
    section: 'power',
    measure,
    method: name,
    population: `normal, ${effect} the planned effect`,
    sample: LONGER.name,
    band,
  }
}

/** Units per variant at the first look that found it; Infinity where none did. */
function unitsUntilFound(factor: number, random: Parameters<Study['run']>[0]): number[] {
  const units = CONTENDERS.map(() => Number.POSITIVE_INFINITY)
  const open = new Set(CONTENDERS.keys())
  eachLook(normal, factor * EFFECT, LONGER, random, (look) => {
    for (const i of open) {
      if (!finds(CONTENDERS[i]?.rule.read(look))) continue
      units[i] = look.unitsPerVariant
      open.delete(i)
    }
    const mayFind = [...open].some(
      (i) => isSequence(CONTENDERS[i]?.rule) || look.unitsPerVariant < LONGER.plannedUnits,
    )
    return mayFind
  })
  return units
}

/** Whether it may still find something after the planned end. */
function isSequence(rule: Rule | undefined): boolean {
  return rule?.inference === 'always-valid' || rule?.inference === 'mixture-sprt'
}

const SEQUENCES = CONTENDERS.filter(({ rule }) => rule.inference !== 'fixed-horizon')

const largerEffects: readonly Study[] = LARGER.map((factor) => ({
  name: `power/${factor} times the planned effect`,
  experiments: 2000,
  batch: 200,
  questions: SEQUENCES.map(({ rule }) =>
    question(
      'Median units until it is found, as a multiple of what a single look would need for 80 % had it known the effect',
      rule,
      `${factor} ×`,
      NOT_PROMISED,
    ),
  ),
  run: (random, experiments) => {
    const tallies = SEQUENCES.map(emptyTally)
    for (let i = 0; i < experiments; i++) {
      const found = unitsUntilFound(factor, random).slice(CONTENDERS.length - SEQUENCES.length)
      for (const [j, units] of found.entries()) tallies[j]?.values.push(units)
    }
    return tallies
  },
  conclude: (tallies) => tallies.map((tally) => quantileRatioOf(tally, LONGER.plannedUnits / factor ** 2)),
}))

/** What the boundaries cost by themselves. */
const inflation = enumeration(
  'power/inflation',
  [
    {
      section: 'power',
      measure: MEASURES[2],
      method: 'group-sequential, planned longer for the same power',
      population: 'normal z',
      sample: 'at 5 looks',
      band: NOT_PROMISED,
    },
  ],
  () => [{ value: inflationFactor(plannedRule(), { alpha: ALPHA, power: POWER }) }],
  'ratio',
)

export const power: readonly Study[] = [plannedEffect, ...largerEffects, inflation]
