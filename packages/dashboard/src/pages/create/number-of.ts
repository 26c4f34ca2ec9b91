import type { NumberDraft } from './draft.ts'

/** What a number field gives: a number, or a text while it is not one. */
export function numberOf(value: number | string): NumberDraft {
  if (typeof value === 'number') return Number.isFinite(value) ? value : ''
  const number = Number(value)
  return value.trim() === '' || !Number.isFinite(number) ? '' : number
}
