/** A main effect or an interaction: the factors that take part, as ascending indices. */
export type Term = readonly number[]

/** Main effects first, then interactions of two factors, and so on, each in the order of the factors. */
export function termsUpTo(factors: number, maximumOrder: number): Term[] {
  let previous: Term[] = [[]]
  const terms: Term[] = []
  for (let order = 1; order <= Math.min(maximumOrder, factors); order++) {
    previous = previous.flatMap((term) => {
      const next = (term.at(-1) ?? -1) + 1
      return Array.from({ length: factors - next }, (_, i) => [...term, next + i])
    })
    terms.push(...previous)
  }
  return terms
}

/** The factors' names, joined by a colon. */
export function nameOf(term: Term, factors: readonly string[]): string {
  return term.map((factor) => factors[factor]).join(':')
}

/** Whether every factor of a term is also one of the other's. */
export function isWithin(term: Term, other: Term): boolean {
  return term.every((factor) => other.includes(factor))
}

/**
 * Columns of the design matrix that stand for a term, as functions of a cell's levels: products of the factors'
 * columns under the coding that sums to zero over the levels. As many as the term has degrees of freedom.
 */
export function columnsOf(term: Term, levels: readonly number[]): ((cell: readonly number[]) => number)[] {
  return term.reduce<((cell: readonly number[]) => number)[]>(
    (columns, factor) => {
      const last = (levels[factor] as number) - 1
      return columns.flatMap((column) =>
        Array.from({ length: last }, (_, level) => (cell: readonly number[]) => {
          const own = cell[factor]
          return own === last ? -column(cell) : own === level ? column(cell) : 0
        }),
      )
    },
    [() => 1],
  )
}
