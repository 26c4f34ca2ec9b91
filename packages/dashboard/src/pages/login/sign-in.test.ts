import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RefusedError } from '../../api/request.ts'
import { destinationIn, refusalInWords, tokenIn } from './sign-in.ts'

const ORIGIN = 'http://127.0.0.1:4300'
const after = (then: string) => destinationIn(`?${new URLSearchParams({ then })}`, ORIGIN)

describe('where to go after signing in', () => {
  it.each([
    ['/experiments/greeting?tab=results#top', '/experiments/greeting?tab=results#top'],
    ['/', '/'],
    ['', '/'],
    ['experiments', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['/login?then=/login', '/'],
    ['/%2e%2e//evil.example', '/'],
  ])('%j leads to %j', (then, destination) => expect(after(then)).toBe(destination))

  it('is the list when nothing is said', () => expect(destinationIn('', ORIGIN)).toBe('/'))

  it('never leaves the server, whatever is asked for', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      ' ',
      ':',
      '@',
      '..',
      '%2e',
      '.',
      '%2f',
      '?',
      '#',
      'http',
      'evil.example',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const destination = after(parts.join(''))
        expect(destination).toMatch(/^\/(?![/\\])/)
        expect(new URL(destination, ORIGIN).origin).toBe(ORIGIN)
      }),
      { numRuns: 2000, seed: 1 },
    )
  })
})

it('finds the token behind the #', () => {
  expect(['', '#', '#hll_abc'].map(tokenIn)).toEqual([undefined, undefined, 'hll_abc'])
})

describe('why somebody was not let in', () => {
  const refused = (code: string, status: number) =>
    refusalInWords(new RefusedError({ type: 'about:blank', title: code, detail: 'wait 7 s', status, code }))

  it('names another link, another key, or the wait', () => {
    expect(refused('HEL_LOGIN_LINK_INVALID', 401)).toMatchObject({ needsLink: true })
    expect(refused('HEL_UNAUTHENTICATED', 401)).toMatchObject({ title: 'This key is not known here' })
    expect(refused('HEL_TOO_MANY_ATTEMPTS', 429)).toMatchObject({ text: 'wait 7 s' })
    expect(refused('HEL_CROSS_ORIGIN', 403)?.text).toContain('HEL_CROSS_ORIGIN')
  })

  it('leaves faults of the server and of the network to others', () => {
    expect(refused('HEL_CLOSED', 503)).toBeUndefined()
    expect(refusalInWords(new Error('away'))).toBeUndefined()
  })
})
