import type { NumberDraft } from './draft.ts'

/** Fields of numbers give a text while what is typed is none. */
export function numberOf(value: string | number): NumberDraft {
  return typeof value === 'number' ? value : ''
}
