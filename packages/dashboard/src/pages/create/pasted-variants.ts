import { payloadDraftOf } from '../../parts/forms/payload.ts'
import { type Draft, nextId, type VariantDraft } from './draft.ts'

/** Columns of a table: with tabs, as spreadsheets copy, else the whole line is a key. */
function cellsOf(line: string): readonly string[] {
  return line.split('\t').map((cell) => cell.trim())
}

/** Variants from lines of text: key, and where there are tabs, name and payload. Empty lines do not count. */
export function variantsFromLines(text: string, firstId: number): readonly VariantDraft[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const [key = '', name = '', payload = ''] = cellsOf(line)
      return { id: firstId + index, key, name, payload: payloadDraftOf(payload || null), weight: 1 }
    })
}

/** The draft with pasted variants behind its own; its untouched, empty ones give way. */
export function withPasted(draft: Draft, text: string): Partial<Draft> {
  const own = draft.variants.filter(({ key }) => key !== '')
  const added = variantsFromLines(text, nextId(draft.variants))
  const variants = [...own, ...added]
  const hasControl = variants.some(({ id }) => id === draft.control)
  return { variants, control: hasControl ? draft.control : (variants[0]?.id ?? 0) }
}
