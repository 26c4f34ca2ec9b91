export const SECTION_KEYS = [
  'false-positives',
  'peeking',
  'coverage',
  'proportions',
  'power',
  'bayesian',
] as const

export type SectionKey = (typeof SECTION_KEYS)[number]
