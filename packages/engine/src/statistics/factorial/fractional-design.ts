/**
 * A product of factors that is constant over all runs, or one that stands for an effect. Bit i of `factors` is
 * factor i.
 */
export interface Word {
  readonly factors: number
  readonly sign: 1 | -1
}

/** A 2^(k − p) design: a fraction of all combinations of k factors at two levels. */
export interface FractionalDesign {
  /** k; they are called A, B, C, … */
  readonly factors: number
  /** Every product of factors that is constant, without the empty one: 2^p − 1 words, shortest first. */
  readonly definingRelation: readonly Word[]
  /** Length of the shortest word. III: main effects are aliased with interactions of two; V: no two of them are. */
  readonly resolution: number
  /** Level of each factor (0 or 1, 1 being the high one), run after run; the first factor changes fastest. */
  readonly runs: readonly (readonly number[])[]
}

/** More than any experiment has variants for. */
const MOST_FACTORS = 20
const GENERATOR = /^([A-T])=([+-]?)([A-T]{2,})$/

/**
 * A regular fractional factorial design at two levels.
 *
 * @param factors k, at most 20, called A to T
 * @param generators one for each of the last p factors, such as 'D=ABC' or 'E=-AC': the factor's level is the
 * product of the others', which are among the first k − p
 * @returns undefined when a generator is not of that form, comes twice, or when factors would coincide
 *
 * Source: Box, Hunter & Hunter 2005, Statistics for Experimenters, 2nd edition, chapter 6.
 */
export function fractionalDesign(
  factors: number,
  generators: readonly string[],
): FractionalDesign | undefined {
  const free = factors - generators.length
  if (!Number.isInteger(factors) || factors > MOST_FACTORS || free < 1) return undefined
  const defined = generators.map((text) => parseGenerator(text, free, factors))
  const words = defined.flatMap((word) => word ?? [])
  const ofFactors = new Set(words.map((word) => word.factors >>> free))
  if (words.length < generators.length || ofFactors.size < generators.length) return undefined
  const definingRelation = products(words)
  const resolution = Math.min(...definingRelation.map(lengthOf), factors + 1)
  if (resolution < 3) return undefined
  return { factors, definingRelation, resolution, runs: runsOf(factors, free, words) }
}

/** Product of two words: what both contain cancels. */
export function times(a: Word, b: Word): Word {
  return { factors: a.factors ^ b.factors, sign: a.sign === b.sign ? 1 : -1 }
}

/** Factors in a word: the order of the effect. */
export function lengthOf({ factors }: Word): number {
  let length = 0
  for (let rest = factors; rest > 0; rest &= rest - 1) length++
  return length
}

/** A word in letters, as `ABD` or `-CE`. */
export function textOf({ factors, sign }: Word): string {
  const letters = Array.from({ length: MOST_FACTORS }, (_, i) =>
    factors & (1 << i) ? String.fromCharCode(65 + i) : '',
  ).join('')
  return sign < 0 ? `-${letters}` : letters
}

/** A word's value in a run, ± 1. */
export function valueIn({ factors, sign }: Word, run: readonly number[]): number {
  return run.reduce((value, level, i) => (factors & (1 << i) && level === 0 ? -value : value), sign as number)
}

/** D=ABC as the constant word ABCD. */
function parseGenerator(text: string, free: number, factors: number): Word | undefined {
  const [, own, minus, letters] = GENERATOR.exec(text) ?? []
  if (own === undefined || letters === undefined) return undefined
  const place = placeOf(own)
  const places = [...letters].map(placeOf)
  const isInOrder = place >= free && place < factors && places.every((each) => each < free)
  if (!isInOrder || new Set(places).size < places.length) return undefined
  const product = places.reduce((bits, each) => bits | (1 << each), 0)
  return { factors: product | (1 << place), sign: minus === '-' ? -1 : 1 }
}

function placeOf(letter: string): number {
  return letter.charCodeAt(0) - 65
}

/** All products of one or more of the words. */
function products(words: readonly Word[]): Word[] {
  const all: Word[] = []
  for (const word of words) all.push(word, ...all.map((each) => times(each, word)))
  return all.sort((a, b) => lengthOf(a) - lengthOf(b) || textOf(a).localeCompare(textOf(b), 'en'))
}

function runsOf(factors: number, free: number, words: readonly Word[]): number[][] {
  return Array.from({ length: 2 ** free }, (_, run) => {
    const levels = Array.from({ length: factors }, (_, i) => (i < free ? (run >> i) & 1 : 1))
    for (const word of words) {
      const own = free + Math.log2(word.factors >>> free)
      levels[own] = valueIn(word, levels) > 0 ? 1 : 0
    }
    return levels
  })
}
