/** Keys that no sentence has as a word of its own: satisfaction_rating, same-as-a, v2. */
const IDENTIFIER = /^[\p{L}\p{N}]*[\d_.-][\p{L}\p{N}_.-]*$/u
/** What stands before a variant in a sentence that does not begin with it. */
const BEFORE_VARIANT = /^(?:Deploy|Stop|Decide on|Do not read the numbers:) $/
/** What stands before a metric. */
const BEFORE_METRIC = /(?:^|\s)(?:on|guardrail) $/
const TOKEN = /[^\s:;,()]+/g

/**
 * Puts names in the place of the keys that the engine's sentences have, where a key cannot be mistaken for a word
 * of the sentence: one that is no word, the variant that a sentence begins with or advises, the metric that an
 * effect is `on`. A variant called `a` stays as it is in the middle of a sentence.
 */
export function sentenceNamer(
  variants: ReadonlyMap<string, string>,
  metrics: ReadonlyMap<string, string>,
): (sentence: string) => string {
  const nameOf = (key: string, before: string): string | undefined => {
    if (before === '' || BEFORE_VARIANT.test(before)) return variants.get(key)
    if (BEFORE_METRIC.test(before) && metrics.has(key)) return metrics.get(key)
    return IDENTIFIER.test(key) ? (metrics.get(key) ?? variants.get(key)) : undefined
  }
  return (sentence) =>
    sentence.replaceAll(TOKEN, (token, at: number) => {
      const key = token.replace(/\.$/, '')
      const name = nameOf(key, sentence.slice(0, at))
      return name === undefined ? token : `${name}${token.slice(key.length)}`
    })
}
