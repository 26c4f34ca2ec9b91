import type { FindingCode } from '@helios/sdk'

export interface Guidance {
  readonly title: string
  readonly causes: readonly string[]
  readonly checks: readonly string[]
}

const GUIDANCE: Partial<Readonly<Record<FindingCode, Guidance>>> = {
  'sample-ratio-mismatch': {
    title: 'Some variants lost units',
    causes: [
      'One variant is slower, redirects or fails before its exposure is sent, and people leave meanwhile.',
      'The exposure is sent in one variant when the value is decided, in another when it is used.',
      'A cache, a bot filter or an ad blocker treats one variant in another way.',
      'What the variant changes also changes who is in its audience.',
    ],
    checks: [
      'Compare the number of decisions with the number of exposures, variant by variant.',
      'Look under Traffic on which day it began, and what was released then.',
      'Send the exposure at the same point of the code for every variant.',
    ],
  },
  crossover: {
    title: 'Too many units met more than one variant',
    causes: [
      'The id of a unit changes: before and after signing in, between devices, when cookies are deleted.',
      'Shares or the audience were edited while it ran, and variants do not stick to units.',
      'Somebody forces variants by hand with ids of real units.',
    ],
    checks: [
      'Decide with an id that lasts as long as the experiment, and tell Helios when two ids are one unit.',
      'Turn on “sticky” before traffic is moved.',
      'Test with units of their own, listed under Design.',
    ],
  },
}

const OTHER: Guidance = {
  title: 'The numbers would mislead',
  causes: ['Events do not fit what the design expects.'],
  checks: ['Look under Traffic and History at what changed before it began.'],
}

/** What usually causes a refusal, and what to check. */
export function guidanceFor(code: FindingCode): Guidance {
  return GUIDANCE[code] ?? OTHER
}
