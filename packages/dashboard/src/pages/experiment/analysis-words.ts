import type { AnalysisSettings } from '@helios/sdk'
import { METHODS, nameOfCorrection, SPENDING } from '../../parts/method-words.ts'
import { counted, shareInWords } from './words.ts'

/** One setting of the analysis, told. */
export interface SettingInWords {
  readonly field: string
  readonly words: string
  /** What it does, for somebody who did not choose it. */
  readonly how: string
}

type Tell = readonly [field: string, say: (settings: AnalysisSettings) => string, how: string]

const SETTINGS: readonly Tell[] = [
  [
    'Error rate',
    ({ alpha }) => shareInWords(alpha),
    'How often a difference is found where there is none, over all primary comparisons together; and one minus the confidence of each interval.',
  ],
  ['Method', ({ method }) => methodInWords(method), 'When the numbers may be read.'],
  [
    'Looks',
    ({ looks }) => counted(looks, 'look'),
    'Planned looks of a group-sequential test, at equal shares of the minimum sample.',
  ],
  [
    'Spending',
    ({ spending }) => SPENDING[spending] ?? spending,
    'How a group-sequential test spends its error rate on its looks.',
  ],
  [
    'Correction',
    ({ correction }) => nameOfCorrection(correction),
    'How p-values of the primary metrics are adjusted for the number of comparisons.',
  ],
  [
    'Variance reduction',
    ({ varianceReduction }) =>
      varianceReduction === 'none' ? 'none' : 'CUPED where a metric has a covariate',
    'Uses what units did before the experiment, so that fewer are needed.',
  ],
  [
    'Guardrail margin',
    ({ guardrailMargin }) => shareInWords(guardrailMargin),
    'A guardrail holds when it is worse by less than this share of the control, beyond doubt.',
  ],
  [
    'Practical equivalence',
    ({ practicalEquivalence }) => shareInWords(practicalEquivalence),
    'Relative effects below this are as good as none.',
  ],
  [
    'Usual size of effects',
    ({ priorDeviation }) => shareInWords(priorDeviation),
    'Standard deviation of the relative effects that are expected: the Bayesian prior, and what is too good to be true.',
  ],
  [
    'Minimum duration',
    ({ minimumDurationDays }) => (minimumDurationDays === 0 ? 'none' : counted(minimumDurationDays, 'day')),
    'Before that nothing is concluded.',
  ],
  [
    'Sample-ratio limit',
    ({ sampleRatioAlpha }) => `below p = ${sampleRatioAlpha}`,
    'Pearson’s chi-square of the units per variant against the intended shares; the numbers are kept back.',
  ],
  [
    'Crossover limit',
    ({ crossoverShare }) => shareInWords(crossoverShare),
    'Share of the units that may meet more than one variant; above it the numbers are kept back.',
  ],
]

/** Fields that only a group-sequential test reads. */
const OF_LOOKS: readonly string[] = ['Looks', 'Spending']

function methodInWords(method: AnalysisSettings['method']): string {
  if (!Object.hasOwn(METHODS, method)) return method
  const { name, when } = METHODS[method]
  return `${name}: ${when}`
}

/** Every setting that has an effect. */
export function settingsInWords(settings: AnalysisSettings): SettingInWords[] {
  return SETTINGS.flatMap(([field, say, how]) =>
    settings.method !== 'group-sequential' && OF_LOOKS.includes(field)
      ? []
      : [{ field, words: say(settings), how }],
  )
}

/** The settings that differ, in words. */
export function analysisChanges(
  before: AnalysisSettings,
  after: AnalysisSettings,
): { readonly field: string; readonly before: string; readonly after: string }[] {
  return SETTINGS.flatMap(([field, say]) => {
    const [old, next] = [say(before), say(after)]
    return old === next ? [] : [{ field, before: old, after: next }]
  })
}
