import type { VariantComparison } from '@helios/engine'
import type { Colours } from './style.ts'

/** The longest of the three verdicts. */
export const UNCLEAR = '· unclear'

/** Said in a word and a sign, so that colour only repeats it. Whether higher is better, the file does not say. */
export function verdictOf(comparison: VariantComparison, alpha: number): string {
  if (comparison.status !== 'ok' || !(comparison.pValueAdjusted < alpha)) return UNCLEAR
  return comparison.absolute.estimate > 0 ? '▲ higher' : '▼ lower'
}

export function verdictColour(
  comparison: VariantComparison,
  alpha: number,
  colours: Colours,
): (text: string) => string {
  if (comparison.status !== 'ok' || !(comparison.pValueAdjusted < alpha)) return String
  return comparison.absolute.estimate > 0 ? colours.green : colours.red
}
