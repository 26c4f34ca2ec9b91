import type { Analysis, Experiment, RecommendationCode } from '@helios/sdk'

/** The first recommendation; or that there is nothing to recommend yet. */
export interface Verdict {
  readonly code: RecommendationCode | 'not-started'
  readonly message: string
  readonly evidence: readonly string[]
}

export function verdictOf({ recommendations }: Analysis, { status, unit }: Experiment): Verdict {
  if (status === 'draft') {
    const message = `Not started: this is a draft, and no ${unit} has met a variant.`
    return { code: 'not-started', message, evidence: [] }
  }
  const [first] = recommendations
  if (first === undefined) return { code: 'continue', message: 'Nothing to recommend yet.', evidence: [] }
  const { code, message, evidence } = first
  return { code, message, evidence }
}
