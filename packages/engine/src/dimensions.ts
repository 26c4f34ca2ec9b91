import type { Dimensions } from '@helios/sdk'

/** Longest value of a dimension, in UTF-16 units. */
export const LONGEST_DIMENSION_VALUE = 64
/** Values of one dimension that are told apart; those that appear later are counted together. */
export const MOST_DIMENSION_VALUES = 30

/**
 * The values that a unit came with, ordered by the name of the dimension; null stands for any value beyond
 * those told apart. Pairs, so that it means the same whatever dimensions are declared later.
 */
export type Combination = readonly (readonly [dimension: string, value: string | null])[]

export const NO_COMBINATION: Combination = []

/** The declared dimensions among those given. */
export function combinationOf(dimensions: Dimensions, declared: readonly string[]): Combination {
  return declared
    .filter((name) => Object.hasOwn(dimensions, name))
    .toSorted()
    .map((name) => [name, dimensions[name] as string] as const)
}

/** One text per combination; no experiment and no metric can have such a name. */
export function combinationText(combination: Combination): string {
  return JSON.stringify(combination)
}

export function combinationFrom(text: string): Combination {
  return JSON.parse(text) as Combination
}
