import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { validatorCompiler } from './validation.ts'

const schema = Type.Object(
  { key: Type.String({ maxLength: 3 }), kind: Type.Optional(Type.Enum(['a', 'b'])) },
  { additionalProperties: false },
)
const route = { method: 'POST', url: '/', httpStatus: '' }
const check = validatorCompiler({ ...route, schema, httpPart: 'body' }) as (value: unknown) => unknown

it('hands over what fits as it came', () => {
  const value = { key: 'abc' }
  expect(check(value)).toEqual({ value })
  expect((check(value) as { value: unknown }).value).toBe(value)
})

it('names every field that does not fit', () => {
  expect(check({ key: 'abcd', kind: 'c', extra: 1 })).toEqual({
    error: expect.arrayContaining([
      { in: 'body', pointer: '', message: 'has unknown fields: extra' },
      { in: 'body', pointer: '/key', message: expect.stringContaining('3') },
      { in: 'body', pointer: '/kind', message: 'must be one of a, b' },
    ]),
  })
})

it('takes an absent body for an empty one, and says what it lacks', () => {
  expect(check(null)).toEqual({ error: [{ in: 'body', pointer: '', message: 'lacks key' }] })
})

it('converts nothing', () => {
  expect(check({ key: 1 })).toHaveProperty('error')
})
