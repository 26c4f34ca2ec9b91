import type { FastifyRequest } from 'fastify'
import { expect, it } from 'vitest'
import { digestTag, expectedVersion } from './etag.ts'

const withIfMatch = (value?: string): FastifyRequest =>
  ({ headers: value === undefined ? {} : { 'if-match': value } }) as unknown as FastifyRequest

it('reads the version that a client saw', () => {
  expect(expectedVersion(withIfMatch('"12"'))).toBe(12)
  expect(expectedVersion(withIfMatch('W/"3"'))).toBe(3)
  expect(expectedVersion(withIfMatch('*'))).toBeUndefined()
  expect(expectedVersion(withIfMatch())).toBeUndefined()
})

it.each(['12', '"x"', '"1", "2"', ''])('refuses If-Match: %s rather than ignore it', (value) => {
  expect(() => expectedVersion(withIfMatch(value))).toThrow(
    expect.objectContaining({ code: 'HEL_REQUEST_INVALID' }),
  )
})

it('tells different bodies apart', () => {
  expect(digestTag('a')).toBe(digestTag('a'))
  expect(digestTag('a')).not.toBe(digestTag('b'))
})
