import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Aliases } from './aliases.ts'

const UNITS = 12

function join(aliases: Aliases, previous: number, unit: number): void {
  const [from, to] = [aliases.resolve(previous), aliases.resolve(unit)]
  if (from !== to) aliases.add(from, to)
}

describe('names of units', () => {
  it('lead to the same unit as a walk from name to name, also after a restore', () => {
    const pairs = fc.array(fc.tuple(fc.nat(UNITS - 1), fc.nat(UNITS - 1)), { maxLength: 30 })
    fc.assert(
      fc.property(pairs, fc.nat(30), (said, restoreAt) => {
        let aliases = new Aliases()
        const targets = new Map<number, number>()
        const walk = (unit: number): number => {
          const target = targets.get(unit)
          return target === undefined ? unit : walk(target)
        }
        for (const [i, [previous, unit]] of said.entries()) {
          if (i === restoreAt) {
            const restored = new Aliases()
            restored.restore(aliases.snapshot())
            aliases = restored
          }
          join(aliases, previous, unit)
          if (walk(previous) !== walk(unit)) targets.set(walk(previous), walk(unit))
        }
        for (let unit = 0; unit < UNITS + 3; unit++) expect(aliases.resolve(unit)).toBe(walk(unit))
        expect(aliases.count).toBe(targets.size)
      }),
    )
  })

  it('may be a chain of a hundred thousand', () => {
    const aliases = new Aliases()
    for (let unit = 0; unit < 100_000; unit++) aliases.add(unit, unit + 1)
    for (let unit = 0; unit <= 100_000; unit += 1000) expect(aliases.resolve(unit)).toBe(100_000)
  })
})
