import type { Action, ExperimentStatus } from '@helios/sdk'

export type { Action, AuditEntry } from '@helios/sdk'

export const ACTIONS = ['start', 'pause', 'resume', 'complete', 'cancel'] as const satisfies readonly Action[]

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

/** Given with each change. */
export interface ChangeNote {
  readonly by?: string
  readonly why?: string
}
