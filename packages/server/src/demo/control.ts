import type { Helios } from '@helios/engine'
import type { DemoStatus } from '@helios/sdk'

export type { DemoStatus } from '@helios/sdk'

export const SLOWEST_SPEED = 0
export const FASTEST_SPEED = 100
/** The demo as the server sees it. */
export interface DemoControl {
  /**
   * Looks at the store before anybody can reach the server. Throws HEL_USAGE when it holds anything but a demo.
   */
  prepare(helios: Helios): void
  status(): DemoStatus
  setSpeed(speed: number): void
  /** Sends nothing more; resolves when nothing is under way. */
  stop(): Promise<void>
}
