/** New weights for a running experiment, with as few units as possible changing their variant. */
import { checkSlots, type Weights, widthsFromWeights } from './assignment.ts'
import type { Slot } from './wire.ts'

/**
 * The slots for new weights that take the fewest units away from their variant: exactly ½ Σ |change of width|
 * points change hands, the least possible. Variants may appear and disappear.
 *
 * Ranges grow across the border with a variant that shrinks; a new slot is cut only when there is no such
 * border, so that slots stay few over thousands of changes.
 *
 * @param previous ascending, contiguous, covering [0, 2^32)
 * @param weights of all variants from now on
 * @throws RangeError when the previous slots have gaps or the weights are not valid
 */
export function reallocate(previous: readonly Slot[], weights: Weights): Slot[] {
  checkSlots(previous)
  const slots = previous.map((slot) => ({ ...slot }))
  tidy(slots)
  const missing = missingPoints(slots, widthsFromWeights(weights))
  do {
    moveBorders(slots, missing)
  } while (cutOne(slots, missing))
  return slots
}

type MutableSlot = { -readonly [Field in keyof Slot]: Slot[Field] }

/** Variant → points it has to gain (positive) or give (negative); in order of first slot, then of key. */
function missingPoints(slots: readonly Slot[], widths: ReadonlyMap<string, number>): Map<string, number> {
  const missing = new Map<string, number>()
  for (const { variant, from, to } of slots) missing.set(variant, (missing.get(variant) ?? 0) - (to - from))
  for (const [variant, width] of widths) missing.set(variant, (missing.get(variant) ?? 0) + width)
  return missing
}

/**
 * Moves borders between a variant that gives and one that gains, until none is left. The narrowest giving
 * slot goes first: it is the likeliest to vanish, which is what keeps slots few.
 */
function moveBorders(slots: MutableSlot[], missing: Map<string, number>): void {
  for (let i = bestBorder(slots, missing); i >= 0; i = bestBorder(slots, missing)) {
    const left = slots[i] as MutableSlot
    const right = slots[i + 1] as MutableSlot
    const shift = borderShift(left, right, missing)
    left.to += shift
    right.from += shift
    settle(missing, left.variant, shift)
    settle(missing, right.variant, -shift)
    if (left.from === left.to || right.from === right.to) tidy(slots)
  }
}

function bestBorder(slots: readonly Slot[], missing: ReadonlyMap<string, number>): number {
  let best = -1
  let narrowest = Number.POSITIVE_INFINITY
  for (let i = 0; i < slots.length - 1; i++) {
    const left = slots[i] as Slot
    const right = slots[i + 1] as Slot
    const shift = borderShift(left, right, missing)
    const giver = shift > 0 ? right : left
    if (shift === 0 || giver.to - giver.from >= narrowest) continue
    best = i
    narrowest = giver.to - giver.from
  }
  return best
}

/** Points by which the border moves right (positive) or left; 0 when both sides give, gain or stay. */
function borderShift(left: Slot, right: Slot, missing: ReadonlyMap<string, number>): number {
  const leftMissing = missing.get(left.variant) ?? 0
  const rightMissing = missing.get(right.variant) ?? 0
  if (leftMissing > 0 && rightMissing < 0) return Math.min(leftMissing, -rightMissing, right.to - right.from)
  if (leftMissing < 0 && rightMissing > 0) return -Math.min(-leftMissing, rightMissing, left.to - left.from)
  return 0
}

function settle(missing: Map<string, number>, variant: string, gained: number): void {
  missing.set(variant, (missing.get(variant) ?? 0) - gained)
}

/** Removes empty slots and joins neighbours of one variant. */
function tidy(slots: MutableSlot[]): void {
  let kept = 0
  for (const slot of slots) {
    if (slot.from === slot.to) continue
    const left = slots[kept - 1]
    if (left !== undefined && left.variant === slot.variant) left.to = slot.to
    else slots[kept++] = slot
  }
  slots.length = kept
}

/** Gives the end of the first slot that has too much to the first variant that has too little. */
function cutOne(slots: MutableSlot[], missing: Map<string, number>): boolean {
  const at = slots.findIndex((slot) => (missing.get(slot.variant) ?? 0) < 0)
  const gainer = [...missing].find(([, points]) => points > 0)
  const slot = slots[at]
  if (slot === undefined || gainer === undefined) return false
  const width = Math.min(-(missing.get(slot.variant) ?? 0), gainer[1], slot.to - slot.from)
  slots.splice(at + 1, 0, { from: slot.to - width, to: slot.to, variant: gainer[0] })
  slot.to -= width
  tidy(slots)
  settle(missing, slot.variant, -width)
  settle(missing, gainer[0], width)
  return true
}
