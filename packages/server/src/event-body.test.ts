import { describe, expect, it } from 'vitest'
import { eventsOfJson, eventsOfLines, explainMalformed } from './event-body.ts'

describe('JSON', () => {
  it('is an array, or an object that holds one', () => {
    expect(eventsOfJson('[{"id":"a"}, 3]')).toEqual([{ id: 'a' }, 3])
    expect(eventsOfJson('{"events": [1]}')).toEqual([1])
  })

  it.each(['{}', 'null', '3', '"[]"', '{"events": {"0": 1}}'])('refuses %s as no batch', (text) => {
    expect(() => eventsOfJson(text)).toThrow(expect.objectContaining({ code: 'HEL_BATCH_INVALID' }))
  })

  it.each(['', '[{"value": NaN}]', '[1,]', '[1'])('refuses %j as no JSON', (text) => {
    expect(() => eventsOfJson(text)).toThrow(expect.objectContaining({ code: 'HEL_REQUEST_INVALID' }))
  })
})

describe('NDJSON', () => {
  it('gives every line its place, broken ones included, and skips empty ones', () => {
    const { events, malformed } = eventsOfLines('{"id":"a"}\r\n\n{"value":NaN}\n{"id":"c"}\n')
    expect(events).toEqual([{ id: 'a' }, undefined, { id: 'c' }])
    expect([...malformed.keys()]).toEqual([1])
  })

  it('does not let broken lines mend each other', () => {
    const { events, malformed } = eventsOfLines('{"id":[1\n2]}\n{"id":"b"},{"id":"c"}')
    expect(events).toEqual([undefined, undefined, undefined])
    expect(malformed.size).toBe(3)
  })

  it('says in the receipt what was wrong with the text, and leaves the rest of it alone', () => {
    const other = { index: 0, code: 'HEL_UNIT_INVALID', message: 'A unit …' }
    const receipt = {
      accepted: 1,
      duplicates: [2],
      rejected: [other, { index: 1, code: 'HEL_EVENT_INVALID', message: '?' }],
    }
    const explained = explainMalformed(receipt, new Map([[1, 'Unexpected token N']]))
    expect(explained).toMatchObject({ accepted: 1, duplicates: [2], rejected: [other, { index: 1 }] })
    expect(explained.rejected[1]?.message).toContain('the line is not JSON (Unexpected token N)')
  })
})
