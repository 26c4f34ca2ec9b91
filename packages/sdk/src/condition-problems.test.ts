import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCondition, DEEPEST_CONDITION, LARGEST_CONDITION } from './condition.ts'
import { conditionProblems } from './condition-problems.ts'
import { COMPARISON_OPERATORS, type Condition } from './wire.ts'

const leaf: Condition = { attribute: 'x', operator: 'equals', value: 1 }

function nested(levels: number): Condition {
  let condition: Condition = leaf
  for (let i = 0; i < levels; i++) condition = { not: condition }
  return condition
}

describe('conditionProblems', () => {
  it('finds nothing wrong with valid conditions', () => {
    expect(conditionProblems(leaf)).toEqual([])
    expect(conditionProblems({ all: [leaf, { any: [] }, { not: leaf }] })).toEqual([])
  })

  it.each([
    ['no object', 7, 'must be an object'],
    ['null', null, 'must be an object'],
    ['an array', [leaf], 'must be an object'],
    ['nothing known', {}, 'must have either'],
    ['a field too many', { ...leaf, weight: 1 }, 'must have either'],
    ['two groups', { all: [], any: [] }, 'must stand alone'],
    ['a group that is no array', { all: leaf }, 'needs an array'],
    ['an unknown operator', { ...leaf, operator: 'matches' }, "'operator' must be one of"],
    ['an inherited operator', { ...leaf, operator: 'toString' }, "'operator' must be one of"],
    ['an attribute that is no text', { ...leaf, attribute: 7 }, "'attribute' must be"],
    ['an attribute without a name', { ...leaf, attribute: '' }, "'attribute' must be"],
    ['null as value', { ...leaf, value: null }, 'equals needs'],
    ['an infinite value', { ...leaf, value: Number.POSITIVE_INFINITY }, 'equals needs'],
    ['a number as text', { attribute: 'x', operator: 'lessThan', value: '1' }, 'lessThan needs'],
    ['in without an array', { attribute: 'x', operator: 'in', value: 'a' }, 'in needs'],
    ['in of objects', { attribute: 'x', operator: 'in', value: [{}] }, 'in needs'],
    ['no version', { attribute: 'x', operator: 'versionAtLeast', value: 'latest' }, 'versionAtLeast needs'],
    ['exists of a text', { attribute: 'x', operator: 'exists', value: 'yes' }, 'exists needs'],
    ['a flaw deep down', { all: [leaf, { not: { any: [{}] } }] }, 'condition.all[1].not.any[0]: must have'],
  ])('names %s', (_, condition, problem) => {
    const problems = conditionProblems(condition)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it('names all problems, in the order of the text', () => {
    const problems = conditionProblems({ all: [{}, leaf, { any: [1] }, []] })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'condition.all[0]',
      'condition.all[2].any[0]',
      'condition.all[3]',
    ])
  })

  it('stops at the limits of depth and size, not before', () => {
    expect(conditionProblems(nested(DEEPEST_CONDITION))).toEqual([])
    expect(conditionProblems(nested(DEEPEST_CONDITION + 1))[0]).toContain('levels deep')
    expect(conditionProblems({ all: Array(LARGEST_CONDITION - 1).fill(leaf) })).toEqual([])
    expect(conditionProblems({ all: Array(LARGEST_CONDITION).fill(leaf) })[0]).toContain('more than 1000')
  })

  it('ends on cycles, on a million levels and on a million children', () => {
    const loop: Record<string, unknown> = {}
    loop.not = loop
    const fan: unknown[] = []
    fan.push({ all: fan }, { any: fan })
    for (const hostile of [loop, { all: fan }, nested(1_000_000), { any: Array(1_000_000).fill(leaf) }]) {
      expect(conditionProblems(hostile).length).toBeGreaterThan(0)
    }
  })

  it('never throws, and the compiler takes what it finds nothing wrong with', () => {
    const field = fc.constantFrom('all', 'any', 'not', 'attribute', 'operator', 'value', '__proto__')
    const part = fc.oneof(
      fc.constantFrom(...COMPARISON_OPERATORS),
      fc.anything(),
      fc.constant([leaf]),
      fc.constant(leaf),
    )
    const anything = fc.oneof(fc.anything({ withNullPrototype: true }), fc.dictionary(field, part))
    const attributes = fc.dictionary(
      fc.constantFrom('x', 'y'),
      fc.oneof(fc.string(), fc.double(), fc.boolean()),
    )
    fc.assert(
      fc.property(anything, attributes, (condition, present) => {
        const problems = conditionProblems(condition)
        try {
          expect(compileCondition(condition as Condition)(present)).toBeTypeOf('boolean')
        } catch (error) {
          // Of what nobody checked, the compiler refuses what it cannot answer.
          expect(error).toBeInstanceOf(TypeError)
          expect(problems).not.toEqual([])
        }
      }),
      { seed: 16, numRuns: 2000 },
    )
  })
})
