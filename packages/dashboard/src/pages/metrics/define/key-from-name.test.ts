import { expect, it } from 'vitest'
import { keyFromName } from './key-from-name.ts'

it.each([
  ['Order value (€)', 'order_value'],
  ['  Zufriedenheit über Zeit ', 'zufriedenheit_uber_zeit'],
  ['2nd purchase', '2nd_purchase'],
  ['評価', ''],
  [`${'a'.repeat(63)} b`, 'a'.repeat(63)],
  ['___', ''],
])('%j becomes %j', (name, key) => expect(keyFromName(name)).toBe(key))
