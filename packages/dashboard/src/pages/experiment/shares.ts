import type { Experiment, Slot } from '@helios/sdk'

const POINTS = 2 ** 32

export interface VariantShare {
  readonly key: string
  readonly name: string
  /** In [0, 1], of the units that take part. */
  readonly share: number
}

/** Share of each variant among the units that take part, in the order of the variants. */
export function sharesOf({ variants, slots }: Pick<Experiment, 'variants' | 'slots'>): VariantShare[] {
  const widths = new Map<string, number>()
  for (const { variant, from, to } of slots) widths.set(variant, (widths.get(variant) ?? 0) + to - from)
  return variants.map(({ key, name }) => ({ key, name, share: (widths.get(key) ?? 0) / POINTS }))
}

/** Share of the points that another variant holds afterwards; both must cover all points, in order. */
export function movedShare(before: readonly Slot[], after: readonly Slot[]): number {
  let moved = 0
  let i = 0
  for (const slot of before) {
    let from = slot.from
    while (from < slot.to) {
      const other = after[i]
      if (other === undefined) return moved / POINTS
      const to = Math.min(slot.to, other.to)
      if (other.variant !== slot.variant) moved += to - from
      if (to === other.to) i += 1
      from = to
    }
  }
  return moved / POINTS
}
