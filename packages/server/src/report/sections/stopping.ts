import type { Block, Section } from '../blocks.ts'
import type { Report } from '../report.ts'
import { listed, type Names } from '../words.ts'

/** Whether to go on, and what else to do. */
export function stoppingSection(report: Report, names: Names): Section | undefined {
  const { stopping, furtherRecommendations, experiment, status } = report
  const hasEnded = experiment.status === 'completed' || experiment.status === 'cancelled'
  if (status === 'empty' || (hasEnded && furtherRecommendations.length === 0)) return undefined
  const { reasons, variants, waitingFor } = stopping
  const blocks: Block[] = hasEnded ? [] : [{ kind: 'paragraph', text: answerOf(report) }]
  if (reasons.length > 0)
    blocks.push({ kind: 'list', items: reasons.map(({ message }) => names.inSentence(message)) })
  if (waitingFor.length > 0) {
    blocks.push({
      kind: 'paragraph',
      text: `Before anything is concluded it waits for ${listed(waitingFor.map(names.inSentence))}.`,
    })
  }
  if (variants.length > 0) {
    const text = `May be stopped alone, while the others go on: ${listed(variants.map(names.variant))}.`
    blocks.push({ kind: 'paragraph', text })
  }
  for (const { message, evidence } of furtherRecommendations) {
    blocks.push({
      kind: 'notice',
      tone: 'neutral',
      title: names.inSentence(message),
      items: evidence.map(names.inSentence),
    })
  }
  return { id: 'stopping', title: 'Go on or stop?', blocks }
}

function answerOf({ stopping: { shouldStop, reasons } }: Report): string {
  if (shouldStop) return 'Stop: the experiment has nothing more to tell, or should not go on.'
  return reasons.length > 0
    ? 'The experiment as a whole may go on. Settled already:'
    : 'Go on: nothing asks for a stop.'
}
