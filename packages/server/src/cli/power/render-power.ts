import type { Alternative, PowerQuestion, PowerReport, SolvedPower } from '@helios/engine'
import { plural } from '../../formatting.ts'
import { count } from '../analyse/numbers.ts'
import type { Style } from '../analyse/style.ts'
import { wrap } from '../analyse/terminal-text.ts'
import { layOutTable } from '../analyse/text-table.ts'
import { plotPower } from './power-plot.ts'
import { chance, changeOf, metricValue, share } from './words.ts'

const WIDEST_PLOT = 60
const PLOT_MARGIN = 8

/** A report for people, as lines for a terminal. */
export function renderPower(question: PowerQuestion, report: PowerReport, style: Style): string {
  const { width, colours } = style
  const { answer, targetPower, powerCurve } = report
  const plotWidth = Math.min(WIDEST_PLOT, width - PLOT_MARGIN)
  const blocks = [
    wrap(answerInWords(question, answer), width).map(colours.bold),
    factsOf(answer).flatMap((fact) => wrap(fact, width)),
    alternativesOf(question, report, style),
    [
      colours.dim(`Power by units per variant, for ${changeOf(question, answer.minimumDetectableEffect)}`),
      ...plotPower({ points: powerCurve, target: targetPower, answer, width: plotWidth }),
    ],
    wrap(`Method: ${answer.method}.`, width, '  ').map(colours.dim),
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

function answerInWords(question: PowerQuestion, answer: SolvedPower): string {
  const units = unitsInWords(answer)
  const shown = shownInWords(question, answer)
  const power = chance(answer.power)
  switch (answer.solvedFor) {
    case 'unitsPerVariant':
      return `To ${shown} with ${chance(question.power ?? answer.power)} power takes ${units}.`
    case 'minimumDetectableEffect':
      return `With ${units} you can ${shown} with ${power} power.`
    case 'power':
      return `With ${units} the power to ${shown} is ${power}.`
  }
}

function unitsInWords({ unitsPerVariant, controlUnits, units, comparisons }: SolvedPower): string {
  const all = `${count(units)} in all`
  if (controlUnits === unitsPerVariant) return `${plural(unitsPerVariant, 'unit')} per variant (${all})`
  const treatment = comparisons === 1 ? 'the treatment' : 'each treatment'
  return `${plural(unitsPerVariant, 'unit')} in ${treatment} and ${count(controlUnits)} in the control (${all})`
}

/** What the test is to show, after "to". */
function shownInWords(question: PowerQuestion, answer: SolvedPower): string {
  const effect = answer.minimumDetectableEffect
  const { kind = 'difference', expectedEffect = 0 } = question.hypothesis ?? {}
  const size = changeOf(question, Math.abs(effect)).replace('+', '')
  const truth =
    expectedEffect === 0
      ? 'if there is no difference'
      : `if the truth is ${changeOf(question, expectedEffect)}`
  if (kind === 'equivalence') return `show a difference below ${size} either way, ${truth},`
  if (kind === 'non-inferiority')
    return `show that the variant is not ${effect < 0 ? 'lower' : 'higher'} by ${size} or more, ${truth},`
  const { baseline } = answer
  const target = metricValue(question, baseline + answer.effect.absolute)
  return `find a change of ${changeOf(question, effect)} (${metricValue(question, baseline)} to ${target})`
}

function factsOf({ duration, inflation, expectedUnitsPerVariant, ...answer }: SolvedPower): string[] {
  const facts: string[] = []
  if (duration) {
    const weeks = duration.weeks === 1 ? 'a whole week' : `${count(duration.weeks)} whole weeks`
    facts.push(
      `They come in ${plural(duration.days, 'day')}; run ${weeks}, so that every weekday counts as often.`,
    )
  }
  if (inflation !== 1) {
    const expected = count(Math.ceil(expectedUnitsPerVariant))
    facts.push(
      `Looking more than once takes ${share(inflation - 1)} more units than a single look; if the effect is real the test stops after ${expected} per variant on average.`,
    )
  }
  if (answer.clustersPerVariant !== undefined) {
    const clusters = plural(answer.clustersPerVariant, 'cluster')
    facts.push(
      `These are ${clusters} per variant; units that come in clusters count ${answer.designEffect.toFixed(2)} times less.`,
    )
  }
  return facts
}

/** Units per variant by power and effect, with the days where there is room for them. */
function alternativesOf(question: PowerQuestion, report: PowerReport, style: Style): string[] {
  const { alternatives } = report
  const hasDays = alternatives.some(({ duration }) => duration)
  const full = tableOf(question, alternatives, hasDays, style)
  const isTooWide = full.width > style.width
  const { lines } = isTooWide ? tableOf(question, alternatives, false, style) : full
  const title = `Units per variant${hasDays && !isTooWide ? ' (days)' : ''} for other effects and powers`
  return [style.colours.dim(title), ...lines]
}

function tableOf(
  question: PowerQuestion,
  alternatives: readonly Alternative[],
  hasDays: boolean,
  { width, colours }: Style,
) {
  const effects = [...new Set(alternatives.map(({ minimumDetectableEffect }) => minimumDetectableEffect))]
  const powers = [...new Set(alternatives.map(({ power }) => power))]
  const columns = [
    { title: 'power', align: 'left' as const },
    ...effects.map((effect) => ({ title: changeOf(question, effect), align: 'right' as const })),
  ]
  const rows = powers.map((power) => [
    chance(power),
    ...alternatives.filter((each) => each.power === power).map((each) => cellOf(each, hasDays)),
  ])
  return layOutTable(columns, rows, width, (line, row) => (row < 0 ? colours.dim(line) : line))
}

function cellOf({ unitsPerVariant, duration }: Alternative, hasDays: boolean): string {
  if (unitsPerVariant === undefined) return '–'
  return hasDays && duration ? `${count(unitsPerVariant)} (${count(duration.days)})` : count(unitsPerVariant)
}
