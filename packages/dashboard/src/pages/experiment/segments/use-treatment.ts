import type { Experiment } from '@helios/sdk'
import { useChoice } from '../use-choice.ts'

/** The variant that is compared with the control; undefined when there is none. */
export function useTreatment({ variants, control }: Experiment) {
  return useChoice(
    'variant',
    variants.filter(({ key }) => key !== control).map(({ key }) => key),
  )
}
