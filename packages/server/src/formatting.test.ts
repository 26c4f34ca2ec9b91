import { expect, it } from 'vitest'
import { duration, plural, size } from './formatting.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [81_240_000, '81.2 MB'],
  [999_000_000, '999 MB'],
  [2.5e15, '2500 TB'],
])('%d bytes are %s', (bytes, text) => expect(size(bytes)).toBe(text))

it.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [7199, '1 hour'],
  [172_800, '2 days'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text))

it('counts', () => expect([plural(1, 'event'), plural(1234, 'event')]).toEqual(['1 event', '1,234 events']))
