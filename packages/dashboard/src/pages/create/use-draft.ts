import { useCallback, useEffect, useState } from 'react'
import { type Draft, EMPTY_DRAFT } from './draft.ts'
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.ts'

/** Fields that change, or how they follow from the draft as it is. */
export type Change = Partial<Draft> | ((draft: Draft) => Partial<Draft>)

export interface DraftState {
  readonly draft: Draft
  /** Keeps its identity, so that long lists are drawn again only where they changed. */
  readonly change: (change: Change) => void
  readonly isDirty: boolean
  /** Whether it was begun earlier in this tab. */
  readonly wasKept: boolean
  readonly startOver: () => void
}

/** Writing a megabyte with every key would be felt. */
const PAUSE_MILLISECONDS = 400

/** The draft of the wizard, kept for this tab. */
export function useDraft(): DraftState {
  const [kept, setKept] = useState(keptDraft)
  const [draft, setDraft] = useState(kept ?? EMPTY_DRAFT)
  const isDirty = draft !== EMPTY_DRAFT
  const change = useCallback((next: Change) => {
    setDraft((known) => ({ ...known, ...(typeof next === 'function' ? next(known) : next) }))
  }, [])
  useEffect(() => {
    if (draft === EMPTY_DRAFT) return
    const timer = setTimeout(() => keepDraft(draft), PAUSE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [draft])
  const startOver = useCallback(() => {
    forgetDraft()
    setKept(undefined)
    setDraft(EMPTY_DRAFT)
  }, [])
  return { draft, change, isDirty, wasKept: kept !== undefined, startOver }
}
