import { binomial, exponential, happens, pick, poisson, type Random } from '../random.ts'
import { type PlannedOutcome, type Scenario, SIMULATED_TAG, type Visitor } from '../scenario.ts'

const LANGUAGES = { en: 0.5, pt: 0.25, de: 0.25 }
/** Probability of each of the four stars above the first. */
const STAR: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  calm: { en: 0.6, pt: 0.6, de: 0.6 },
  warm: { en: 0.65, pt: 0.65, de: 0.65 },
  playful: { en: 0.6, pt: 0.7, de: 0.5 },
}
const TURNS: Readonly<Record<string, number>> = { calm: 5, warm: 5.4, playful: 5 }
const STARS = 5

/** A tone that helps some and harms others: the overall mean hides both. */
export const greetingTone: Scenario = {
  experiment: {
    key: 'greeting-tone',
    name: 'Support bot: tone of the greeting (simulated)',
    hypothesis:
      'Simulated traffic. A greeting with more warmth makes conversations more satisfying; whether playfulness helps depends on the language.',
    tags: [SIMULATED_TAG],
    unit: 'conversation',
    variants: [
      { key: 'calm', name: 'Calm', control: true, payload: { greeting: 'Hello. How can I help?' } },
      { key: 'warm', name: 'Warm', payload: { greeting: 'Good to see you! What can I do for you?' } },
      { key: 'playful', name: 'Playful', payload: { greeting: 'Ta-da! One helpful bot. Try me!' } },
    ],
    metrics: {
      primary: ['satisfaction_rating'],
      secondary: ['conversation_length'],
      guardrails: ['response_time'],
    },
    dimensions: ['language'],
    minimumSample: 5000,
    analysis: { minimumDurationDays: 4 },
  },
  truth: {
    summary:
      'Warm raises the satisfaction rating by 0.04 (from 0.68 to 0.72) in every language, and conversations by 0.4 turns. Playful raises the rating by 0.08 in Portuguese and lowers it by 0.08 in German; in English, and overall, it changes nothing. Response times are the same.',
    effects: [
      { metric: 'satisfaction_rating', variant: 'warm', scale: 'absolute', effect: 0.04 },
      { metric: 'satisfaction_rating', variant: 'playful', scale: 'absolute', effect: 0 },
      ...[
        { value: 'en', effect: 0 },
        { value: 'pt', effect: 0.08 },
        { value: 'de', effect: -0.08 },
      ].map(({ value, effect }) => ({
        metric: 'satisfaction_rating',
        variant: 'playful',
        scale: 'absolute' as const,
        effect,
        segment: { dimension: 'language', value },
      })),
      { metric: 'conversation_length', variant: 'warm', scale: 'absolute', effect: 0.4 },
      { metric: 'conversation_length', variant: 'playful', scale: 'absolute', effect: 0 },
      { metric: 'response_time', variant: 'warm', scale: 'absolute', effect: 0 },
      { metric: 'response_time', variant: 'playful', scale: 'absolute', effect: 0 },
    ],
  },
  schedule: { create: 0, start: 0.1 },
  unitPrefix: 'chat',
  unitsPerDay: 4000,
  attributes: (random) => ({ language: pick(random, LANGUAGES) }),
  behaviour,
}

function behaviour({ variant, attributes }: Visitor, random: Random): PlannedOutcome[] {
  const star = STAR[variant]?.[attributes['language'] ?? ''] ?? 0
  const turns = 1 + poisson(random, TURNS[variant] ?? 0)
  const stars = 1 + binomial(random, STARS - 1, star)
  const rates = happens(random, 0.6)
  const seconds = 0.4 + exponential(random, 0.8)
  return [
    { metric: 'response_time', value: Math.round(seconds * 1000) / 1000, afterMinutes: 0.1 },
    { metric: 'conversation_length', value: turns, afterMinutes: turns },
    ...(rates ? [{ metric: 'satisfaction_rating', value: stars / STARS, afterMinutes: turns + 1 }] : []),
  ]
}
