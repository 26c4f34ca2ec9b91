import type { Analysis, Finding } from '@helios/sdk'
import { partsInWords } from './health-words.ts'

/** What a careful reader should know before believing the effects, a warning about effects too large first. */
export function careOf({ warnings, health }: Pick<Analysis, 'warnings' | 'health'>): readonly Finding[] {
  if (warnings.some(({ code }) => code === 'implausible-effect')) return warnings
  const part = partsInWords(health).find(({ check }) => check === 'plausibility')
  if (part === undefined || part.tone === 'good') return warnings
  const message = `Twyman’s law says that a figure that looks interesting is usually wrong. ${part.message}`
  return [{ code: 'implausible-effect', message }, ...warnings]
}
