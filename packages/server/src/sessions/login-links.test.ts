import { manualClock } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { LOGIN_LINK_MINUTES, LoginLinks, loginUrl } from './login-links.ts'

const START = 1_700_000_000_000
const invalid = expect.objectContaining({ code: 'HEL_LOGIN_LINK_INVALID' })

describe('a login link', () => {
  it('signs in once', () => {
    const links = new LoginLinks(manualClock(START))
    const { token, expiresAt } = links.create({ name: 'owner', keyId: '01234567' })
    expect(token).toMatch(/^hll_[\w-]{43}$/)
    expect(expiresAt).toBe(START + LOGIN_LINK_MINUTES * 60_000)
    expect(links.redeem(token)).toEqual({ name: 'owner', keyId: '01234567' })
    expect(() => links.redeem(token)).toThrow(invalid)
  })

  it('is one of many', () => {
    const links = new LoginLinks(manualClock(START))
    const made = ['Ada', 'Grace', 'Emmy'].map((name) => ({ name, ...links.create({ name }) }))
    expect(new Set(made.map(({ token }) => token)).size).toBe(3)
    for (const { name, token } of made.toReversed()) expect(links.redeem(token)).toEqual({ name })
  })

  it('ends after its time', () => {
    const clock = manualClock(START)
    const links = new LoginLinks(clock)
    const [early, late] = [links.create({ name: 'a' }), links.create({ name: 'b' })]
    clock.advance(LOGIN_LINK_MINUTES * 60_000 - 1)
    expect(links.redeem(early.token)).toEqual({ name: 'a' })
    clock.advance(1)
    expect(() => links.redeem(late.token)).toThrow(invalid)
  })

  it.each(['', 'hll_', `hll_${'x'.repeat(43)}`, '__proto__'])('is not guessed by %j', (token) => {
    const links = new LoginLinks(manualClock(START))
    links.create({ name: 'owner' })
    expect(() => links.redeem(token)).toThrow(invalid)
  })

  it('tells what to do instead', () => {
    expect(() => new LoginLinks(manualClock(START)).redeem('old')).toThrow(/helios login/)
  })
})

it('stands in the fragment of an address', () => {
  const url = new URL(loginUrl('http://127.0.0.1:4300', 'hll_token'))
  expect([url.pathname, url.search, url.hash]).toEqual(['/login', '', '#hll_token'])
})
