import type { Experiment } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import { BUILT_IN_METRICS } from '../../../../engine/src/built-in-metrics.ts'
import { createMetric } from '../../../../engine/src/metric.ts'
import { matching, NO_FILTER, sourcesOf, usesByMetric } from './catalogue.ts'

const own = createMetric({ key: 'order_value', kind: 'mean', name: 'Wert je Käufer', description: 'Euro' })
const metrics = [...BUILT_IN_METRICS, own]
const keys = (filter: Partial<typeof NO_FILTER>) =>
  matching(metrics, { ...NO_FILTER, ...filter }).map(({ key }) => key)

describe('the catalogue', () => {
  it('is whole without a filter', () => expect(keys({})).toHaveLength(metrics.length))

  it('finds all words in key, name and description, whatever their case', () => {
    expect(keys({ search: 'KÄUFER  euro' })).toEqual(['order_value'])
    expect(keys({ search: ' money click ' })).toEqual(['cost_per_click'])
    expect(keys({ search: 'nothing like this' })).toEqual([])
  })

  it('keeps one kind and one origin', () => {
    expect(keys({ kind: 'retention' })).toEqual(['retention_rate'])
    expect(keys({ origin: 'yours' })).toEqual(['order_value'])
    expect(keys({ origin: 'built-in', kind: 'proportion' })).toEqual(['converted'])
  })

  it('names what is sent, each once', () => {
    const roi = BUILT_IN_METRICS.find(({ key }) => key === 'return_on_investment')
    expect(roi && sourcesOf(roi)).toEqual(['revenue', 'cost'])
  })
})

describe('who uses a metric', () => {
  const experiment = (key: string, createdAt: number, metrics: Partial<Experiment['metrics']>) =>
    ({
      key,
      createdAt,
      metrics: { primary: [], secondary: [], guardrails: [], ...metrics },
    }) as unknown as Experiment

  it('is told with the role, the latest first', () => {
    const uses = usesByMetric([
      experiment('old', 1, { primary: ['revenue'] }),
      experiment('new', 2, { secondary: ['clicks'], guardrails: ['revenue'] }),
    ])
    expect(uses.get('revenue')?.map(({ experiment: { key }, role }) => [key, role])).toEqual([
      ['new', 'guardrail'],
      ['old', 'primary'],
    ])
    expect(uses.get('clicks')).toHaveLength(1)
    expect(uses.get('sends')).toBeUndefined()
  })
})
