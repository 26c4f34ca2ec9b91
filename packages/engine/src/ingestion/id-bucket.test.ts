import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { IdBucket } from './id-bucket.ts'

type Id = readonly [offset: number, a: number, b: number, c: number]

/** Few enough that they repeat, spread to the ends of each field. */
const id: fc.Arbitrary<Id> = fc.tuple(
  fc.constantFrom(0, 1, 16_383),
  fc.constantFrom(0, 1, 4095),
  fc.constantFrom(0, 1, 2 ** 30 - 1),
  fc.oneof(fc.constantFrom(0, 1, 2 ** 32 - 1), fc.nat(30)),
)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('add' as const), id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
)

describe('a bucket of ids', () => {
  it('holds what a set would hold, through removals and reloads', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400, size: 'max' }), (steps) => {
        let bucket = new IdBucket()
        const set = new Set<string>()
        for (const each of steps) {
          if (each.kind === 'reload') bucket = IdBucket.fromBytes(bucket.toBytes())
          else if (each.kind === 'remove') {
            bucket.remove(...each.id)
            set.delete(each.id.join())
          } else {
            expect(bucket.add(...each.id)).toBe(!set.has(each.id.join()))
            set.add(each.id.join())
          }
          expect(bucket.count).toBe(set.size)
        }
        for (const text of set)
          expect(bucket.add(...(text.split(',').map(Number) as unknown as Id))).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('grows with what it holds and is small on disk', () => {
    const bucket = new IdBucket()
    const small = bucket.byteLength
    for (let i = 0; i < 10_000; i++) expect(bucket.add(i % 16_384, i % 4096, i, i)).toBe(true)
    for (let i = 0; i < 10_000; i++) expect(bucket.add(i % 16_384, i % 4096, i, i)).toBe(false)
    expect(bucket.byteLength).toBeGreaterThan(100 * small)
    expect(bucket.toBytes()).toHaveLength(12 * 10_000)
    expect(IdBucket.fromBytes(bucket.toBytes())).toMatchObject({ count: 10_000, dirty: false })
  })

  it('can be emptied one by one, in any order, and filled again', () => {
    const bucket = new IdBucket()
    for (let i = 0; i < 1000; i++) bucket.add(i, 0, 7, 7)
    for (let i = 0; i < 1000; i++) bucket.remove((i * 389) % 1000, 0, 7, 7)
    expect(bucket.count).toBe(0)
    expect(bucket.toBytes()).toHaveLength(0)
    expect(bucket.add(5, 0, 7, 7)).toBe(true)
  })

  it('needs saving once it has changed', () => {
    const bucket = new IdBucket()
    expect(bucket.dirty).toBe(false)
    bucket.add(1, 2, 3, 4)
    expect(bucket.dirty).toBe(true)
    bucket.dirty = false
    bucket.add(1, 2, 3, 4)
    expect(bucket.dirty).toBe(false)
  })
})
