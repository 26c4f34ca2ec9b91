import { describe, expect, it } from 'vitest'
import { formatAge, formatDay, formatDuration, formatHour, formatHourOfDay, formatTime } from './times.ts'

/** 22 November 2026, 18:04, where the test runs. */
const AT = new Date(2026, 10, 22, 18, 4).getTime()

describe('times', () => {
  it.each([
    [12 * 86_400_000 + 5, '12 days'],
    [86_400_000, '1 day'],
    [3 * 3_600_000, '3 hours'],
    [61_000, '1 minute'],
    [40_000, '40 seconds'],
    [999, 'a moment'],
    [-5, 'a moment'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('says %s milliseconds as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  it('says how long ago something was; clocks may differ a little', () => {
    expect(formatAge(AT, AT + 2 * 3_600_000)).toBe('2 hours ago')
    expect(formatAge(AT, AT + 4999)).toBe('just now')
    expect(formatAge(AT + 10_000, AT)).toBe('just now')
    expect(formatAge(null, AT)).toBe('–')
  })

  it('writes times where the reader is', () => {
    expect(formatTime(AT)).toBe('22 Nov 2026, 18:04')
    expect(formatHour(AT)).toBe('22 Nov, 18:04')
    expect(formatDay(AT)).toBe('22 Nov')
    expect(formatHourOfDay(AT)).toBe('18:04')
  })

  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY, 8.65e15])('has a dash for %s', (at) => {
    for (const format of [formatTime, formatHour, formatDay, formatHourOfDay]) expect(format(at)).toBe('–')
  })
})
