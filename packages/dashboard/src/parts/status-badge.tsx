import type { ExperimentStatus } from '@helios/sdk'
import {
  IconBan,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
} from '@tabler/icons-react'
import classes from './badge.module.css'

const LOOKS = {
  draft: { word: 'Draft', tone: 'quiet', icon: IconCircleDashed },
  running: { word: 'Running', tone: 'good', icon: IconPlayerPlayFilled },
  paused: { word: 'Paused', tone: 'attention', icon: IconPlayerPauseFilled },
  completed: { word: 'Completed', tone: 'plain', icon: IconCircleCheckFilled },
  cancelled: { word: 'Cancelled', tone: 'quiet', icon: IconBan },
} as const satisfies Readonly<Record<ExperimentStatus, unknown>>

/** Where an experiment stands, by word, shape and colour. */
export function StatusBadge({ status }: { readonly status: ExperimentStatus }) {
  const { word, tone, icon: Icon } = LOOKS[status]
  return (
    <span className={classes.badge} data-tone={tone}>
      <Icon size={13} aria-hidden />
      {word}
    </span>
  )
}

/** The word for a status, for filters and sentences. */
export function wordOfStatus(status: ExperimentStatus): string {
  return LOOKS[status].word
}
