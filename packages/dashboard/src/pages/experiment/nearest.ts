/** Share of pairs of letters in common (Dice) below which a word is another word. */
const LEAST_LIKENESS = 0.4

/** The candidate most like a word; undefined when none is like it. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const pairs = pairsOf(word)
  let best: string | undefined
  let likeness = LEAST_LIKENESS
  for (const candidate of candidates) {
    const others = pairsOf(candidate)
    const common = [...pairs].filter((pair) => others.has(pair)).length
    const found = (2 * common) / (pairs.size + others.size)
    if (found > likeness) [best, likeness] = [candidate, found]
  }
  return best
}

function pairsOf(word: string): ReadonlySet<string> {
  const text = ` ${word.toLowerCase()} `
  return new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)))
}
