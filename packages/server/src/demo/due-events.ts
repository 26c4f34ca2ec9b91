import type { HeliosEvent } from '@helios/sdk'

/** An event and the moment at which it happens, in milliseconds since 1970. */
export interface TimedEvent {
  readonly at: number
  readonly event: HeliosEvent
}

/** Events that are yet to happen, taken out in the order of their times: a binary heap. */
export class DueEvents {
  readonly #heap: TimedEvent[] = []

  get size(): number {
    return this.#heap.length
  }

  add(timed: TimedEvent): void {
    const heap = this.#heap
    let place = heap.push(timed) - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (timeAt(heap, parent) <= timed.at) break
      heap[place] = heap[parent] as TimedEvent
      place = parent
    }
    heap[place] = timed
  }

  /** Everything that has happened by then, oldest first. */
  takeUntil(time: number): HeliosEvent[] {
    const taken: HeliosEvent[] = []
    while (timeAt(this.#heap, 0) <= time) taken.push(this.#takeFirst().event)
    return taken
  }

  #takeFirst(): TimedEvent {
    const heap = this.#heap
    const first = heap[0] as TimedEvent
    const last = heap.pop() as TimedEvent
    if (heap.length === 0) return first
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const child = timeAt(heap, left + 1) < timeAt(heap, left) ? left + 1 : left
      if (timeAt(heap, child) >= last.at) break
      heap[place] = heap[child] as TimedEvent
      place = child
    }
    heap[place] = last
    return first
  }
}

function timeAt(heap: readonly TimedEvent[], place: number): number {
  return heap[place]?.at ?? Number.POSITIVE_INFINITY
}
