import type { Json } from '@helios/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatted, inMode, type PayloadDraft, payloadDraftOf, previewOf, readPayload } from './payload.ts'

const json = (text: string): PayloadDraft => ({ mode: 'json', text })
const text = (content: string): PayloadDraft => ({ mode: 'text', text: content })

describe('a payload that is typed', () => {
  it('is nothing while nothing is typed', () => {
    expect(readPayload(text(''))).toEqual({ status: 'ok', payload: null })
    expect(readPayload(json(' \n'))).toEqual({ status: 'ok', payload: null })
  })

  it('is text or JSON, as said', () => {
    expect(readPayload(text('12'))).toEqual({ status: 'ok', payload: '12' })
    expect(readPayload(json('12'))).toEqual({ status: 'ok', payload: 12 })
  })

  it('says where text is no JSON', () => {
    expect(readPayload(json('{\n  "a": 1,\n  "b"\n}'))).toEqual({
      status: 'invalid',
      problem: 'Not JSON: look at line 4, column 1.',
    })
    expect(readPayload(json('{"a": x}'))).toMatchObject({ problem: expect.stringContaining('Not JSON: ') })
    expect(readPayload(json('[[1'))).toMatchObject({ status: 'invalid' })
    expect(readPayload(json('{"a": "'))).toMatchObject({ status: 'invalid' })
    expect(readPayload(json('['))).toEqual({ status: 'invalid', problem: 'Not JSON yet: it ends too early.' })
  })

  it('may be nested as deep as the engine takes, and no deeper', () => {
    const nested = (depth: number) => json('['.repeat(depth) + ']'.repeat(depth))
    expect(readPayload(nested(101)).status).toBe('ok')
    expect(readPayload(nested(102))).toMatchObject({
      status: 'invalid',
      problem: expect.stringMatching(/levels/),
    })
    expect(readPayload(nested(100_000)).status).toBe('invalid')
  })

  it('keeps its meaning when it is drafted and read again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const reading = readPayload(payloadDraftOf(payload as Json))
        expect(reading).toEqual({ status: 'ok', payload: JSON.parse(JSON.stringify(payload)) })
      }),
      { seed: 1 },
    )
  })

  it('changes its mode and comes back', () => {
    fc.assert(
      fc.property(fc.string(), (content) => {
        const there = inMode(text(content), 'json')
        expect(readPayload(there).status).toBe('ok')
      }),
      { seed: 2 },
    )
    expect(inMode(text('Hello "you"'), 'json')).toEqual(json('"Hello \\"you\\""'))
    expect(inMode(json('"Hello"'), 'text')).toEqual(text('Hello'))
    expect(inMode(json('{"a": 1}'), 'text')).toEqual(text('{"a": 1}'))
  })

  it('is formatted only where it is JSON', () => {
    expect(formatted(json('{"a":1}'))).toEqual(json('{\n  "a": 1\n}'))
    expect(formatted(json('{"a":'))).toEqual(json('{"a":'))
    expect(formatted(text('{"a":1}'))).toEqual(text('{"a":1}'))
  })

  it('has a preview on one line', () => {
    expect(previewOf(text('a\n  b'))).toBe('a b')
    expect(previewOf(text('x'.repeat(100)), 10)).toBe(`${'x'.repeat(10)}…`)
  })
})
