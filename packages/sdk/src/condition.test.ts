import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { compileCondition, DEEPEST_CONDITION, LARGEST_CONDITION } from './condition.ts'
import type { Attributes, AttributeValue, ComparisonOperator, Condition, Json } from './wire.ts'

const holds = (operator: ComparisonOperator, value: Json, attributes: Attributes): boolean =>
  compileCondition({ attribute: 'x', operator, value })(attributes)

const VALUES: readonly (readonly [ComparisonOperator, Json])[] = [
  ['equals', 'a'],
  ['notEquals', 'a'],
  ['in', ['a', 1]],
  ['notIn', ['a', 1]],
  ['greaterThan', 1],
  ['greaterOrEqual', 1],
  ['lessThan', 1],
  ['lessOrEqual', 1],
  ['contains', 'a'],
  ['notContains', 'a'],
  ['startsWith', 'a'],
  ['endsWith', 'a'],
  ['exists', true],
  ['exists', false],
  ['versionAtLeast', '1.0'],
  ['versionBelow', '1.0'],
]

describe('a comparison', () => {
  it.each(VALUES)('%s %j of a missing attribute holds only when it is negative', (operator, value) => {
    const negative = operator.startsWith('not') || (operator === 'exists' && value === false)
    for (const attributes of [{}, { x: null }, { x: undefined }, { y: 'a' }]) {
      expect(holds(operator, value, attributes)).toBe(negative)
    }
  })

  it.each([
    ['equals', 'notEquals', 'a'],
    ['in', 'notIn', ['a', 1, true]],
    ['contains', 'notContains', 'a'],
  ] as const)('%s and %s are opposites for every attribute', (positive, negative, value) => {
    const actual = fc.oneof(
      fc.constantFrom('a', 'b', 'ab'),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.string()),
    )
    fc.assert(
      fc.property(fc.record({ x: fc.option(actual) }), (attributes) => {
        expect(holds(negative, value, attributes)).toBe(!holds(positive, value, attributes))
      }),
    )
  })

  it('never converts types', () => {
    const others: AttributeValue[] = ['1', true, ['1'], '', Number.NaN]
    for (const x of others) {
      expect(holds('equals', 1, { x })).toBe(false)
      for (const operator of ['greaterThan', 'greaterOrEqual', 'lessThan', 'lessOrEqual'] as const) {
        expect(holds(operator, 1, { x })).toBe(false)
      }
    }
    expect(holds('equals', true, { x: 1 })).toBe(false)
    expect(holds('contains', '1', { x: 11 })).toBe(false)
    expect(holds('versionAtLeast', '1.0', { x: 2 })).toBe(false)
  })

  it.each([
    ['greaterThan', [false, false, true]],
    ['greaterOrEqual', [false, true, true]],
    ['lessThan', [true, false, false]],
    ['lessOrEqual', [true, true, false]],
  ] as const)('%s draws its line at the value', (operator, answers) => {
    expect([17.999, 18, 18.001].map((x) => holds(operator, 18, { x }))).toEqual(answers)
  })

  it('finds a member of an array, a part of a text', () => {
    expect(holds('contains', 'beta', { x: ['alpha', 'beta'] })).toBe(true)
    expect(holds('contains', 'bet', { x: ['alpha', 'beta'] })).toBe(false)
    expect(holds('contains', 'bet', { x: 'alphabet' })).toBe(true)
  })
})

describe('a group', () => {
  const is = (value: boolean): Condition => ({ attribute: 'x', operator: 'exists', value })
  const answer = (condition: Condition): boolean => compileCondition(condition)({ x: 1 })

  it('follows the rules of logic, also when empty', () => {
    expect(answer({ all: [] })).toBe(true)
    expect(answer({ any: [] })).toBe(false)
    expect(answer({ all: [is(true), is(false)] })).toBe(false)
    expect(answer({ any: [is(true), is(false)] })).toBe(true)
    expect(answer({ not: is(false) })).toBe(true)
  })
})

describe('names that objects inherit', () => {
  afterEach(() => {
    delete (Object.prototype as { polluted?: string }).polluted
  })

  it('are missing until the attributes have them', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
    for (const attribute of names) {
      const exists = compileCondition({ attribute, operator: 'exists', value: true })
      expect(exists({})).toBe(false)
      expect(exists(JSON.parse(`{"${attribute}": "own"}`))).toBe(true)
    }
  })

  it('are missing even in a polluted prototype, and objects without a prototype work', () => {
    Object.assign(Object.prototype, { polluted: 'yes' })
    const test = compileCondition({ attribute: 'polluted', operator: 'equals', value: 'yes' })
    expect(test({})).toBe(false)
    expect(test(Object.assign(Object.create(null), { polluted: 'yes' }))).toBe(true)
  })
})

describe('compileCondition', () => {
  const leaf: Condition = { attribute: 'x', operator: 'exists', value: true }
  const nested = (levels: number): Condition => {
    let condition: Condition = leaf
    for (let i = 0; i < levels; i++) condition = { not: condition }
    return condition
  }

  it.each([
    ['no object', 7],
    ['null', null],
    ['nothing known', {}],
    ['a group that is no array', { all: leaf }],
    ['an unknown operator', { attribute: 'x', operator: 'matches', value: '.*' }],
    ['an operator that every object has', { attribute: 'x', operator: 'toString', value: 'a' }],
    ['the prototype as operator', JSON.parse('{"attribute":"x","operator":"__proto__","value":"a"}')],
    ['an attribute that is no text', { attribute: { toString: 1 }, operator: 'equals', value: 1 }],
    ['a text where a number belongs', { attribute: 'x', operator: 'lessThan', value: '1' }],
    ['an object where a text belongs', { attribute: 'x', operator: 'startsWith', value: { toString: 1 } }],
    ['a number in which to look', { attribute: 'x', operator: 'notContains', value: 1 }],
    ['no list', { attribute: 'x', operator: 'in', value: 'a' }],
    ['no version', { attribute: 'x', operator: 'versionBelow', value: 'latest' }],
    ['a flaw deep down', { all: [leaf, { not: { any: [{}] } }] }],
  ])('refuses %s', (_, condition) => {
    expect(() => compileCondition(condition as Condition)).toThrow(TypeError)
  })

  it('stops at the limits of depth and size, not before', () => {
    expect(compileCondition(nested(DEEPEST_CONDITION))({ x: 1 })).toBe(true)
    expect(() => compileCondition(nested(DEEPEST_CONDITION + 1))).toThrow(TypeError)
    expect(compileCondition({ all: Array(LARGEST_CONDITION - 1).fill(leaf) })({ x: 1 })).toBe(true)
    expect(() => compileCondition({ all: Array(LARGEST_CONDITION).fill(leaf) })).toThrow(TypeError)
  })

  it('ends on cycles, on a million levels and on a million children', () => {
    const loop: Record<string, unknown> = {}
    loop['not'] = loop
    const fan: unknown[] = []
    fan.push({ all: fan }, { any: fan })
    for (const hostile of [loop, { all: fan }, nested(1_000_000), { any: Array(1_000_000).fill(leaf) }]) {
      expect(() => compileCondition(hostile as Condition)).toThrow(TypeError)
    }
  })
})
