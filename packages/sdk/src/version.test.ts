import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion } from './version.ts'

type Version = NonNullable<ReturnType<typeof parseVersion>>
const compare = (a: string, b: string): number =>
  Math.sign(compareVersions(parseVersion(a) as Version, parseVersion(b) as Version))

describe('compareVersions', () => {
  // The chain is the example of Semantic Versioning 2.0.0, section 11.
  const ascending = [
    '0.9.12',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.0.1',
    '1.2',
    '1.10',
    '2.0.0',
    '2024.05.1',
    '99999999999999999999.0',
    '100000000000000000000.0',
  ]

  it('orders every pair of an ascending chain', () => {
    for (const [i, a] of ascending.entries()) {
      for (const [j, b] of ascending.entries()) expect(compare(a, b)).toBe(Math.sign(i - j))
    }
  })

  it.each([
    ['1.2', '1.2.0.0'],
    ['1.02', '1.2'],
    ['1.0.0+a', '1.0.0+b.7'],
    ['1.0-01', '1.0-1'],
  ])('ranks %s and %s alike', (a, b) => {
    expect(compare(a, b)).toBe(0)
  })

  it('is antisymmetric', () => {
    const version = fc
      .tuple(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom('1', '2', 'a', 'b', '1a')),
      )
      .map(
        ([numbers, prerelease]) =>
          numbers.join('.') + (prerelease.length > 0 ? `-${prerelease.join('.')}` : ''),
      )
    fc.assert(fc.property(version, version, (a, b) => compare(a, b) + compare(b, a) === 0))
  })
})

describe('parseVersion', () => {
  it.each(['', 'v1.0', '1.', '.1', '1..2', '1.x', '1.0-', '1.0-a..b', '1.0+', ' 1.0', '1.0-\u00e4', '-1'])(
    'refuses %j',
    (text) => {
      expect(parseVersion(text)).toBeUndefined()
    },
  )

  it('refuses what is no text or too long', () => {
    for (const value of [1, null, undefined, ['1.0'], `${'1.'.repeat(200)}1`]) {
      expect(parseVersion(value)).toBeUndefined()
    }
  })
})
