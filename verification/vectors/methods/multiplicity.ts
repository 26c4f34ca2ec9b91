import {
  eBenjaminiHochberg,
  meanOfE,
  pValueOfE,
} from '../../../packages/engine/src/statistics/multiplicity/e-values.ts'
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  holmSidak,
  hommel,
  sidak,
} from '../../../packages/engine/src/statistics/multiplicity/multiple-comparisons.ts'
import type { VectorMethods } from '../vector-method.ts'

export const multiplicity: VectorMethods = {
  'multiple-comparisons': {
    title:
      'adjusted p-values: Bonferroni, Sidak, Holm, Holm-Sidak, Hochberg, Hommel, Benjamini-Hochberg, Benjamini-Yekutieli',
    compute: ({ p }) => ({
      bonferroni: bonferroni(p),
      sidak: sidak(p),
      holm: holm(p),
      holm_sidak: holmSidak(p),
      hochberg: hochberg(p),
      hommel: hommel(p),
      bh: benjaminiHochberg(p),
      by: benjaminiYekutieli(p),
    }),
  },
  'e-bh': {
    title: 'e-BH (FDR control with e-values), e-to-p, arithmetic-mean merging',
    compute: ({ e_values: eValues, alpha }: { e_values: readonly number[]; alpha: number }) => ({
      rejected_indices: eBenjaminiHochberg(eValues, alpha),
      mean_e: meanOfE(eValues),
      p_from_e: eValues.map(pValueOfE),
    }),
  },
}
