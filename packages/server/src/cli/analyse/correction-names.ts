import type { Correction } from '@helios/sdk'

/** Names of corrections as they stand in a sentence. */
export const CORRECTION_NAMES: Readonly<Record<Correction, string>> = {
  holm: "Holm's method",
  bonferroni: 'Bonferroni',
  hochberg: 'Hochberg',
  'benjamini-hochberg': 'Benjamini and Hochberg (false discovery rate)',
  'benjamini-yekutieli': 'Benjamini and Yekutieli (false discovery rate)',
  dunnett: "Dunnett's method",
  none: 'nothing',
}
