import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summariesFixture } from '../../testing/summaries-fixture.ts'
import {
  cleared,
  countByStatus,
  isFiltered,
  type ListView,
  matches,
  membershipOf,
  needsAttention,
  ORDERS,
  orderedKeys,
  queryOf,
  recentUnitsOf,
  STATUSES,
  tagsOf,
  viewOf,
} from './list-view.ts'

const NOW = Date.UTC(2026, 0, 1)
const SUMMARIES = summariesFixture(60, NOW)
const EVERYTHING = viewOf(new URLSearchParams())
const shown = (view: Partial<ListView>) =>
  SUMMARIES.filter((summary) => matches(summary, { ...EVERYTHING, ...view }))

describe('the view of the list', () => {
  it('comes back from its address', () => {
    const view = fc.record({
      search: fc.string(),
      status: fc.constantFrom('all' as const, ...STATUSES),
      health: fc.constantFrom('all' as const, 'bad' as const, 'good' as const),
      tag: fc.string(),
      order: fc.constantFrom(...(Object.keys(ORDERS) as ListView['order'][])),
    })
    fc.assert(
      fc.property(view, (given) => {
        const query = queryOf(given, new URLSearchParams())
        expect(viewOf(new URLSearchParams(query.toString()))).toEqual(given)
      }),
      { seed: 1 },
    )
  })

  it('takes no notice of what an address should not say, and keeps what it does not know', () => {
    expect(viewOf(new URLSearchParams('status=gone&sort=size&health='))).toEqual(EVERYTHING)
    expect(queryOf(EVERYTHING, new URLSearchParams('q=x&other=1')).toString()).toBe('other=1')
  })

  it('is cleared but for its order', () => {
    const view: ListView = { search: 'a', status: 'paused', health: 'bad', tag: 't', order: 'name' }
    expect(isFiltered(view)).toBe(true)
    expect(cleared(view)).toEqual({ ...EVERYTHING, order: 'name' })
    expect(isFiltered(cleared(view))).toBe(false)
  })
})

describe('what the list shows', () => {
  it('finds every word in name, key or tag, whatever the case', () => {
    expect(shown({ search: 'GREETING experiment-0' }).map(({ key }) => key)).toEqual(['experiment-0'])
    expect(shown({ search: 'bot welcome' })).not.toHaveLength(0)
    expect(shown({ search: 'nothing like it' })).toHaveLength(0)
  })

  it('counts the statuses under the other filters', () => {
    const counts = countByStatus(SUMMARIES, { ...EVERYTHING, tag: 'bot', status: 'draft' })
    expect(counts.all).toBe(shown({ tag: 'bot' }).length)
    for (const status of STATUSES) expect(counts[status]).toBe(shown({ tag: 'bot', status }).length)
  })

  it('knows all tags, once each', () => {
    expect(tagsOf(SUMMARIES)).toEqual(['bot', 'growth', 'simulated'])
  })

  it('puts in order', () => {
    const byKey = new Map(SUMMARIES.map((summary) => [summary.key, summary]))
    const ordered = (order: ListView['order']) =>
      orderedKeys(SUMMARIES, order).map((key) => byKey.get(key) ?? SUMMARIES[0])
    const units = ordered('units').map((summary) => summary?.units ?? 0)
    expect(units).toEqual(units.toSorted((a, b) => b - a))
    const created = ordered('newest').map((summary) => summary?.createdAt ?? 0)
    expect(created).toEqual(created.toSorted((a, b) => b - a))
    const ranks = ordered('activity').map((summary) => STATUSES.indexOf(summary?.status ?? 'draft'))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    expect(
      ordered('name')
        .slice(0, 2)
        .map((summary) => summary?.name),
    ).toEqual(['Checkout redirect', 'Checkout redirect 2'])
  })

  it('gives the same order whatever order the lines come in', () => {
    for (const order of Object.keys(ORDERS) as ListView['order'][]) {
      expect(orderedKeys(SUMMARIES.toReversed(), order)).toEqual(orderedKeys(SUMMARIES, order))
    }
  })

  it('keeps its members while only numbers change', () => {
    const [first, ...others] = SUMMARIES
    if (first === undefined) throw new Error('no line')
    expect(membershipOf([{ ...first, units: 1e6 }, ...others])).toBe(membershipOf(SUMMARIES))
    expect(membershipOf([{ ...first, status: 'paused' }, ...others])).not.toBe(membershipOf(SUMMARIES))
  })

  it('asks for attention only while something can be done', () => {
    const [first] = SUMMARIES
    if (first === undefined) throw new Error('no line')
    const bad = { ...first, health: { level: 'bad', findings: [] } } as const
    expect(needsAttention({ ...bad, status: 'running' })).toBe(true)
    expect(needsAttention({ ...bad, status: 'completed' })).toBe(false)
    expect(needsAttention({ ...first, health: { level: 'good', findings: [] } })).toBe(false)
  })

  it('sums the units of the last day', () => {
    expect(SUMMARIES.map(recentUnitsOf).every((sum, i) => sum > 0 || SUMMARIES[i]?.status === 'draft')).toBe(
      true,
    )
    expect(recentUnitsOf({ ...SUMMARIES[0], recentUnits: [1, 2, 3] } as never)).toBe(6)
  })
})
