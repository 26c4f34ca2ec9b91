import { expect, it } from 'vitest'
import { sentenceNamer } from './sentence-names.ts'

const name = sentenceNamer(
  new Map([
    ['a', 'Same'],
    ['warm', 'Warm words'],
    ['v2', 'Second'],
    ['same-as-a', 'Twin'],
  ]),
  new Map([
    ['purchase', 'Purchases'],
    ['open_rate', 'Open rate'],
    ['p', 'Price'],
  ]),
)

it.each([
  [
    'Deploy warm: +3.1 % [1.2 %, 5.0 %] on purchase, always-valid.',
    'Deploy Warm words: +3.1 % [1.2 %, 5.0 %] on Purchases, always-valid.',
  ],
  [
    'warm is better on open_rate: +16 %, adjusted p = 9e−7.',
    'Warm words is better on Open rate: +16 %, adjusted p = 9e−7.',
  ],
  [
    'v2: the guardrail open_rate is unclear against a margin of 5 %.',
    'Second: the guardrail Open rate is unclear against a margin of 5 %.',
  ],
  ['Stop v2; the others may go on. same-as-a too.', 'Stop Second; the others may go on. Twin too.'],
  ['a has a warm welcome: no purchase of a kind.', 'Same has a warm welcome: no purchase of a kind.'],
  ['Continue: about 3 days.', 'Continue: about 3 days.'],
])('%j reads %j', (sentence, named) => {
  expect(name(sentence)).toBe(named)
})
