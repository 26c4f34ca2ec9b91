import { formatAge, formatTime } from '@helios/charts/format'
import type { AuditEntry } from '@helios/sdk'
import {
  IconBan,
  IconFlagCheck,
  IconPencil,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlus,
} from '@tabler/icons-react'
import { useNow } from '../../../lib/time.ts'
import { Explained } from '../../../parts/explained.tsx'
import type { FieldChange } from './changes.ts'
import classes from './history.module.css'

const LOOKS = {
  create: { word: 'Created', icon: IconPlus },
  edit: { word: 'Edited', icon: IconPencil },
  start: { word: 'Started', icon: IconPlayerPlayFilled },
  pause: { word: 'Paused', icon: IconPlayerPauseFilled },
  resume: { word: 'Resumed', icon: IconPlayerPlayFilled },
  complete: { word: 'Completed', icon: IconFlagCheck },
  cancel: { word: 'Cancelled', icon: IconBan },
} as const satisfies Readonly<Record<AuditEntry['action'], unknown>>

interface Props {
  readonly entry: AuditEntry
  readonly changes: readonly FieldChange[]
}

/** One change: who, when, why, and what it changed. */
export function Entry({ entry, changes }: Props) {
  const now = useNow()
  const { action, by, at, why, version } = entry
  const { word, icon: Icon } = LOOKS[action]
  return (
    <li className={classes.entry}>
      <span className={classes.icon} data-action={action}>
        <Icon size={15} aria-hidden />
      </span>
      <div className={classes.words}>
        <p className={classes.what}>
          <strong>{word}</strong> by <bdi>{by}</bdi>
        </p>
        <p className={classes.when}>
          <Explained how={formatTime(at)}>{formatAge(at, now)}</Explained> · version {version}
        </p>
        {why === '' ? null : (
          <p className={classes.why} dir="auto">
            {why}
          </p>
        )}
        {changes.length === 0 ? null : (
          <dl className={classes.changes}>
            {changes.map((change) => (
              <Change key={change.field} change={change} />
            ))}
          </dl>
        )}
      </div>
    </li>
  )
}

function Change({ change: { field, before, after } }: { readonly change: FieldChange }) {
  return (
    <>
      <dt>{field}</dt>
      <dd>
        <del>
          <span className="visually-hidden">before: </span>
          <bdi>{before}</bdi>
        </del>
        <span className={classes.arrow} aria-hidden>
          →
        </span>
        <ins>
          <span className="visually-hidden">after: </span>
          <bdi>{after}</bdi>
        </ins>
      </dd>
    </>
  )
}
