import { describe, expect, it } from 'vitest'
import { parseCondition, parseMetric } from './notation.ts'

describe('parseMetric', () => {
  it('reads each kind', () => {
    expect(parseMetric('visits=mean(visits)')).toEqual({
      name: 'visits',
      kind: 'mean',
      value: ['visits'],
      denominator: [],
    })
    expect(parseMetric(' rate = proportion( yes + no ) ')).toMatchObject({
      name: 'rate',
      kind: 'proportion',
      value: ['yes', 'no'],
    })
    expect(parseMetric('n=count(a+b+c)').value).toEqual(['a', 'b', 'c'])
    expect(parseMetric('ctr=ratio(clicks / views)')).toMatchObject({
      value: ['clicks'],
      denominator: ['views'],
    })
    expect(parseMetric('r=ratio(a+b/c + d)')).toMatchObject({ value: ['a', 'b'], denominator: ['c', 'd'] })
  })

  it('takes names with spaces and symbols in backticks, and others as they are', () => {
    expect(parseMetric('x=mean(`Total (net) = $` + tax.eur)').value).toEqual(['Total (net) = $', 'tax.eur'])
    expect(parseMetric('x=ratio(`a/b`/größe)')).toMatchObject({ value: ['a/b'], denominator: ['größe'] })
  })

  it.each([
    ['visits', 'is not a metric'],
    ['x=mean(', 'is not a metric'],
    ['=mean(a)', 'cannot name a metric'],
    ['__proto__=mean(a)', 'cannot name a metric'],
    ['x=median(a)', 'has kind "median"; known kinds are mean, proportion, count, ratio'],
    ['x=mean()', 'a column is missing'],
    ['x=mean(a+)', 'a column is missing'],
    ['x=mean(a - b)', '"- b" in x=mean(a - b) is not understood'],
    ['x=mean(a b)', '"b" in'],
    ['x=mean(a/b)', 'mean takes a column'],
    ['x=ratio(a)', 'needs a numerator and a denominator'],
    ['x=ratio(a/b/c)', 'is not understood'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseMetric(text)).toThrow(reason)
  })
})

describe('parseCondition', () => {
  it('reads each operator', () => {
    for (const operator of ['=', '!=', '<', '<=', '>', '>=']) {
      expect(parseCondition(`age ${operator} 18`)).toMatchObject({ columns: ['age'], operator, value: '18' })
      expect(parseCondition(`age${operator}18`)).toMatchObject({ operator, value: '18' })
    }
  })

  it('reads sums, quoted values and values with spaces', () => {
    expect(parseCondition('yes+no=1')).toMatchObject({ columns: ['yes', 'no'], value: '1' })
    expect(parseCondition("`my country` = 'U K'")).toMatchObject({ columns: ['my country'], value: 'U K' })
    expect(parseCondition('segment != No E-Mail').value).toBe('No E-Mail')
    expect(parseCondition('day >= 2026-01-31').value).toBe('2026-01-31')
  })

  it.each([
    ['country', 'is not a condition'],
    ['country ~ DE', 'is not a condition'],
    ['country =', 'compares with nothing'],
    ['a+b = x', 'compares a sum with "x"'],
    ['a+b = 0x10', 'compares a sum'],
    ['country > DE', 'asks for an order'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseCondition(text)).toThrow(reason)
  })
})
