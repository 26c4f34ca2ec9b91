import type { Action } from '@helios/sdk'
import {
  IconBan,
  IconFlagCheck,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  type TablerIcon,
} from '@tabler/icons-react'

interface Look {
  readonly label: string
  /** Before the name of the experiment: "Pause …?". */
  readonly question: string
  readonly done: string
  readonly icon: TablerIcon
  /** Cannot be taken back. */
  readonly isFinal: boolean
}

export const ACTION_LOOKS: Readonly<Record<Action, Look>> = {
  start: { label: 'Start', question: 'Start', done: 'Started', icon: IconPlayerPlayFilled, isFinal: false },
  pause: { label: 'Pause', question: 'Pause', done: 'Paused', icon: IconPlayerPauseFilled, isFinal: false },
  resume: {
    label: 'Resume',
    question: 'Resume',
    done: 'Resumed',
    icon: IconPlayerPlayFilled,
    isFinal: false,
  },
  complete: {
    label: 'Complete',
    question: 'Complete',
    done: 'Completed',
    icon: IconFlagCheck,
    isFinal: true,
  },
  cancel: {
    label: 'Cancel experiment',
    question: 'Cancel',
    done: 'Cancelled',
    icon: IconBan,
    isFinal: true,
  },
}
