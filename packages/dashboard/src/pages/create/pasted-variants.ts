import { payloadDraftOf } from '../../parts/forms/payload.ts'
import { type Draft, meanWeight, nextId, type VariantDraft } from './draft.ts'

/** Variants from lines of text: key, and where there are tabs, name and payload. Empty lines do not count. */
export function variantsFromLines(text: string): readonly Pick<VariantDraft, 'key' | 'name' | 'payload'>[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [key = '', name = '', payload = ''] = line.split('\t').map((cell) => cell.trim())
      return { key, name, payload: payloadDraftOf(payload || null) }
    })
}

/** The draft with pasted variants behind its own, of which those without a key give way. */
export function withPasted(draft: Draft, text: string): Partial<Draft> {
  const own = draft.variants.filter(({ key }) => key !== '')
  const firstId = nextId(draft.variants)
  const weight = meanWeight(draft.variants)
  const added = variantsFromLines(text).map((fields, index) => ({ ...fields, id: firstId + index, weight }))
  const variants = [...own, ...added]
  const hasControl = variants.some(({ id }) => id === draft.control)
  return { variants, control: hasControl ? draft.control : (variants[0]?.id ?? 0) }
}
