import type { ExperimentStatus } from '@helios/sdk'

export const ACTIONS = ['start', 'pause', 'resume', 'complete', 'cancel'] as const
export type Action = (typeof ACTIONS)[number]

interface Transition {
  readonly from: readonly ExperimentStatus[]
  readonly to: ExperimentStatus
}

/** draft → running ⇄ paused → completed | cancelled. */
export const TRANSITIONS: Readonly<Record<Action, Transition>> = {
  start: { from: ['draft'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  complete: { from: ['running', 'paused'], to: 'completed' },
  cancel: { from: ['draft', 'running', 'paused'], to: 'cancelled' },
}

export function isEnded(status: ExperimentStatus): boolean {
  return status === 'completed' || status === 'cancelled'
}

/** Who did what, when and why; one line per accepted change, never altered. */
export interface AuditEntry {
  readonly subject: string
  readonly version: number
  readonly action: 'create' | 'edit' | Action
  readonly at: number
  readonly by: string
  readonly why: string
}

/** Given with each change. */
export interface ChangeNote {
  readonly by?: string
  readonly why?: string
}
