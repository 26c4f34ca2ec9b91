import type { Block, Notice, Section, Tone } from '../blocks.ts'
import type { Report } from '../report.ts'
import type { Names } from '../words.ts'

const TONES: Readonly<Record<Report['verdict']['code'], Tone>> = {
  deploy: 'good',
  'keep-control': 'neutral',
  'stop-variant': 'bad',
  'do-not-read': 'bad',
  continue: 'neutral',
  decide: 'warning',
  'not-started': 'neutral',
}

/** The answer, and in a box of its own why there are no numbers where there are none. */
export function verdictSection({ verdict, status, refusals }: Report, names: Names): Section {
  const said = new Set([verdict.message, ...refusals.map(({ message }) => message)])
  const evidence = verdict.evidence.filter((text) => status !== 'refused' || !said.has(text))
  const notice: Notice = {
    kind: 'notice',
    tone: TONES[verdict.code],
    title: names.inSentence(verdict.message),
    items: evidence.map(names.inSentence),
  }
  const refusal: Block[] =
    status === 'refused'
      ? [
          {
            kind: 'notice',
            tone: 'bad',
            title: 'No results are shown: the numbers would mislead',
            items: refusals.map(({ message }) => names.inSentence(message)),
          },
        ]
      : []
  return { id: 'verdict', title: 'Verdict', blocks: [notice, ...refusal] }
}
