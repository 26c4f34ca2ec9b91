import type { TInference } from '../hypothesis-tests/t-inference.ts'
import { type FactorialCells, type FactorialProblem, usableCells } from './cells.ts'
import { contrastTest, type EffectsQuestion } from './effects.ts'
import { type FractionalDesign, lengthOf, textOf, times, valueIn, type Word } from './fractional-design.ts'
import { termsUpTo } from './terms.ts'

/** Effects that a fraction cannot tell apart: their levels rise and fall together in all of its runs. */
export interface AliasSet {
  /** As `A + BD - CE`: what is estimated is this sum of effects. */
  readonly name: string
  /** Up to the order asked for, lowest first; the first with sign 1. */
  readonly effects: readonly Word[]
}

/** What a sum of aliased effects is. */
export interface FractionalEffect extends TInference, AliasSet {}

/**
 * Which effects a fraction confounds with which.
 *
 * Products that are constant over the runs, aliased with the mean, stand in no set.
 *
 * @param maximumOrder effects of more factors are not named (nor is a set that has only such)
 *
 * Source: Box, Hunter & Hunter 2005, Statistics for Experimenters, 2nd edition, section 6.3.
 */
export function aliasSets(design: FractionalDesign, maximumOrder: number): AliasSet[] {
  const seen = new Set(design.definingRelation.map(({ factors }) => factors))
  return termsUpTo(design.factors, maximumOrder).flatMap((term) => {
    const effect: Word = { factors: term.reduce((bits, factor) => bits | (1 << factor), 0), sign: 1 }
    if (seen.has(effect.factors)) return []
    const aliases = design.definingRelation
      .map((word) => times(effect, word))
      .filter((alias) => alias.factors > 0 && lengthOf(alias) <= maximumOrder)
      .sort((a, b) => lengthOf(a) - lengthOf(b) || a.factors - b.factors)
    for (const { factors } of aliases) seen.add(factors)
    return [{ name: nameOf([effect, ...aliases]), effects: [effect, ...aliases] }]
  })
}

/**
 * Effects of a fractional design: the mean of the runs where an effect's product of levels (±1) is high minus the
 * mean of those where it is low. That is the sum of all aliased effects, and stands for the first one as far as the
 * others are negligible. Interactions are on the scale of Box, Hunter & Hunter: half the difference of differences.
 *
 * @param cells one for each run of the design, in any order
 * @returns 'missing-cells' without units in one of the runs, 'invalid-cells' for a cell that is no run
 */
export function fractionalEffects(
  design: FractionalDesign,
  cells: FactorialCells['cells'],
  { kind, maximumOrder, alpha }: EffectsQuestion,
): FractionalEffect[] | FactorialProblem {
  const present = usableCells({
    factors: Array.from({ length: design.factors }, (_, i) => textOf({ factors: 1 << i, sign: 1 })),
    levels: Array.from({ length: design.factors }, () => 2),
    cells,
  })
  if (typeof present === 'string') return present
  const runs = new Set(design.runs.map((run) => run.join(',')))
  if (present.some(({ levels }) => !runs.has(levels.join(',')))) return 'invalid-cells'
  if (present.length < design.runs.length) return 'missing-cells'
  if (kind === 'mean' && present.some(({ units }) => units < 2)) return 'too-few-units'
  if (kind === 'proportion' && present.some(({ mean }) => mean < 0 || mean > 1)) return 'invalid-cells'
  const half = present.length / 2
  return aliasSets(design, maximumOrder).map((set) => {
    const [effect] = set.effects as [Word]
    return { ...set, ...contrastTest(present, ({ levels }) => valueIn(effect, levels) / half, kind, alpha) }
  })
}

function nameOf(effects: readonly Word[]): string {
  const rest = effects
    .slice(1)
    .map(({ factors, sign }) => `${sign < 0 ? '-' : '+'} ${textOf({ factors, sign: 1 })}`)
  return [textOf(effects[0] as Word), ...rest].join(' ')
}
