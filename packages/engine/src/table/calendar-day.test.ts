import { describe, expect, it } from 'vitest'
import { dayLabel, isDateHeader, isoDay } from './calendar-day.ts'

describe('isDateHeader', () => {
  it('knows the usual names and no others', () => {
    for (const name of [
      'date',
      'Day',
      'WEEK',
      'timestamp',
      'created_at',
      'order_date',
      'exposureDate',
      'createdAt',
    ]) {
      expect(isDateHeader(name), name).toBe(true)
    }
    for (const name of ['update', 'candidate', 'days_active', 'flat', 'heat', 'user', 'Saturday']) {
      expect(isDateHeader(name), name).toBe(false)
    }
  })
})

describe('isoDay', () => {
  const of = (text: string) => isoDay(new TextEncoder().encode(text), 0, text.length)

  it('takes the day of a date or time', () => {
    expect(of('2026-01-31')).toBe(20260131)
    expect(of('2026/01/31 23:59')).toBe(20260131)
    expect(of('2026-01-31T23:59:59.123Z')).toBe(20260131)
  })

  it('answers 0 for what is none', () => {
    for (const text of [
      '',
      '2026-1-31',
      '2026-13-01',
      '2026-01-32',
      '2026-01-311',
      '2026-01/31',
      'abcd-ef-gh',
    ]) {
      expect(of(text), text).toBe(0)
    }
  })
})

describe('dayLabel', () => {
  it('finds the day in the usual notations', () => {
    expect(dayLabel('7/3/2020', 'date')).toBe('7/3/2020')
    expect(dayLabel('31.01.2026 10:00', 'date')).toBe('31.01.2026')
    expect(dayLabel('3 July 2020', 'date')).toBe('3 July 2020')
    expect(dayLabel('Jul 3, 2020 09:15', 'date')).toBe('Jul 3, 2020')
    expect(dayLabel('20200703', 'date')).toBe('20200703')
    expect(dayLabel('2020-W27', 'week')).toBe('2020-W27')
    expect(dayLabel('1593734400', 'timestamp')).toBe('2020-07-03')
    expect(dayLabel('1593734400123', 'timestamp')).toBe('2020-07-03')
    expect(dayLabel('12', 'day')).toBe('12')
  })

  it('finds none in other values', () => {
    for (const text of ['12', 'soon', '0.5', '99999999', '2020-07-03x'])
      expect(dayLabel(text, 'date'), text).toBeUndefined()
  })
})
