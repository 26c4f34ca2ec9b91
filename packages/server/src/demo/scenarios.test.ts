import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Helios } from '@helios/engine'
import { compileExperiment, type ExposureEvent, type OutcomeEvent } from '@helios/sdk'
import { describe, expect, it } from 'vitest'
import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { visit } from './visit.ts'

const GUIDE = readFileSync(path.join(import.meta.dirname, '../../../../docs/guide/demo.md'), 'utf8')
const AT = Date.parse('2026-06-01T12:00:00Z')
const UNITS = 6000

/** What the first visitors of a scenario make happen. */
async function visits(scenario: Scenario, seed: number): Promise<(ExposureEvent | OutcomeEvent)[][]> {
  const helios = await Helios.open()
  for (const metric of scenario.metrics ?? []) await helios.metrics.create(metric)
  await helios.experiments.create(scenario.experiment)
  await helios.experiments.start(scenario.experiment.key)
  const experiment = compileExperiment(helios.experiments.definition(scenario.experiment.key))
  await helios.close()
  const times = { at: AT, idTime: AT, haste: 1 }
  return Array.from({ length: UNITS }, (_, number) =>
    visit(scenario, experiment, `${scenario.unitPrefix}-${number}`, seed, times).map(
      ({ event }) => event as ExposureEvent | OutcomeEvent,
    ),
  )
}

describe.each(SCENARIOS.map((scenario) => [scenario.experiment.key, scenario] as const))(
  '%s',
  (key, scenario) => {
    it('says that it is simulated', () => {
      const { tags, name, hypothesis } = scenario.experiment
      expect(tags).toContain('simulated')
      expect(name).toMatch(/simulated/)
      expect(hypothesis).toMatch(/^Simulated traffic\./)
      for (const { description } of scenario.metrics ?? []) expect(description).toContain('simulated')
    })

    it('has its truth in the guide', () => {
      expect(GUIDE).toContain(`| \`${key}\` | ${scenario.truth.summary} |`)
    })

    it('brings the same visitors with the same seed, and others with another', async () => {
      const first = await visits(scenario, 1)
      expect(first.flat().length).toBeGreaterThan(UNITS / 3)
      expect(await visits(scenario, 1)).toEqual(first)
      expect(await visits(scenario, 2)).not.toEqual(first)
    })

    it('makes ids that differ, and outcomes after their exposure', async () => {
      const all = await visits(scenario, 1)
      const ids = all.flat().map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const [exposure, ...outcomes] of all.filter((events) => events.length > 0)) {
        expect(exposure).toMatchObject({ type: 'exposure', experiment: key, at: AT })
        for (const { at } of outcomes) expect(at).toBeGreaterThanOrEqual(AT)
      }
    })
  },
)

it('the guide names no experiment that is not there', () => {
  const named = [...GUIDE.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, key]) => key)
  expect(named).toEqual(SCENARIOS.map(({ experiment }) => experiment.key))
})
