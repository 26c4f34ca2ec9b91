import type { Draft } from './draft.ts'
import type { Change } from './use-draft.ts'

/** What each step gets: the draft, how to change it, and what is wrong where. */
export interface StepProps {
  readonly draft: Draft
  readonly change: (change: Change) => void
  readonly errorOf: (field: string) => string | undefined
}
