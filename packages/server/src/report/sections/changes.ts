import { formatTime } from '@helios/charts'
import type { Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import { counted } from '../words.ts'

const MOST_CHANGES = 50

/** Who did what to the experiment, and why. */
export function changesSection({ changes }: Report): Section | undefined {
  if (changes.length === 0) return undefined
  const left = changes.length - MOST_CHANGES
  return {
    id: 'changes',
    title: 'What was changed',
    blocks: [
      {
        kind: 'table',
        caption: 'Versions of the experiment',
        columns: ['Version', 'When', 'What', 'Who', 'Why'],
        rows: changes
          .slice(-MOST_CHANGES)
          .map(({ version, at, action, by, why }) => [String(version), formatTime(at), action, by, why]),
      },
      ...(left > 0
        ? [{ kind: 'paragraph', text: `Left out: ${counted(left, 'earlier change')}.` } as const]
        : []),
    ],
  }
}
