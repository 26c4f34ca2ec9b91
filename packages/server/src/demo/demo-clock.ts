import { type Clock, systemClock } from '@helios/engine'

/** A clock that can be held in the past while the history is made, and follows the system again afterwards. */
export interface DemoClock extends Clock {
  hold(time: number): void
  release(): void
}

export function demoClock(system: Clock = systemClock): DemoClock {
  let held: number | undefined
  return {
    now: () => held ?? system.now(),
    hold: (time) => {
      held = time
    },
    release: () => {
      held = undefined
    },
  }
}
