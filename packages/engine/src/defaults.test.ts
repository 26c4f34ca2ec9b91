import { describe, expect, it } from 'vitest'
import { Helios } from './defaults.ts'

const VARIANTS = [{ key: 'calm', control: true }, { key: 'warm' }]

describe('Helios.open', () => {
  it.each([
    { latenessDays: Number.NaN },
    { latenessDays: -1 },
    { groupCommitMilliseconds: 2000 },
    { eventsBetweenSnapshots: 0 },
  ])('refuses %o', async (options) => {
    await expect(Helios.open(options)).rejects.toMatchObject({ code: 'HEL_USAGE' })
  })
})

describe('a closed Helios', () => {
  it('changes nothing and says so, whatever is asked', async () => {
    const helios = await Helios.open()
    await helios.close()
    const closed = { code: 'HEL_CLOSED' }
    await expect(helios.experiments.create({ key: 'tone', variants: VARIANTS })).rejects.toMatchObject(closed)
    await expect(helios.metrics.create({ key: 'smiles', kind: 'count' })).rejects.toMatchObject(closed)
    await expect(helios.registry.list('things')).rejects.toMatchObject(closed)
    await expect(helios.observe([])).rejects.toMatchObject(closed)
    expect(helios.experiments.list()).toEqual([])
  })
})

describe('an experiment', () => {
  it('loses what an edit sets to null, and keeps the rest', async () => {
    const helios = await Helios.open()
    await helios.experiments.create({
      key: 'tone',
      variants: VARIANTS,
      coverage: 0.5,
      layer: { key: 'page', share: 0.5 },
      holdout: { key: 'all', share: 0.1 },
      audience: { attribute: 'country', operator: 'equals', value: 'DE' },
      maximumDurationDays: 14,
    })
    const edited = await helios.experiments.edit('tone', {
      layer: null,
      holdout: null,
      audience: null,
      maximumDurationDays: null,
    })
    for (const field of ['layer', 'holdout', 'audience', 'maximumDurationDays'])
      expect(edited).not.toHaveProperty(field)
    expect(edited.coverage).toBe(0.5)
    await helios.close()
  })

  it('cannot be changed through the object that is given out', async () => {
    const helios = await Helios.open()
    const experiment = await helios.experiments.create({ key: 'tone', variants: VARIANTS })
    expect(() => Object.assign(experiment, { status: 'running' })).toThrow(TypeError)
    expect(() => Object.assign(helios.experiments.get('tone').variants[0] ?? {}, { key: 'x' })).toThrow(
      TypeError,
    )
    await helios.close()
  })

  it('whose allocation is dynamic says that its policy decided', async () => {
    const helios = await Helios.open()
    const allocation = { kind: 'dynamic', policy: { kind: 'uniform' } }
    await helios.experiments.create({ key: 'tone', variants: VARIANTS, allocation })
    await helios.experiments.start('tone')
    expect(helios.decide('tone', { unit: 'u1' })).toMatchObject({
      reason: 'policy',
      policyVersion: 0,
      propensity: 0.5,
    })
    await helios.close()
  })
})
