import { formatAge, formatTime } from '@helios/charts/format'
import type { AuditEntry, Experiment } from '@helios/sdk'
import { Button, Skeleton } from '@mantine/core'
import {
  IconBan,
  IconFlagCheck,
  IconPencil,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlus,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keys, useAudit } from '../../../api/queries.ts'
import { request, segment } from '../../../api/request.ts'
import { useNow } from '../../../lib/time.ts'
import { Explained } from '../../../parts/explained.tsx'
import { Failure } from '../../../parts/states.tsx'
import { Section } from '../section.tsx'
import { counted } from '../words.ts'
import { changesBetween, type FieldChange } from './changes.ts'
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

const ENTRIES_AT_FIRST = 50

/** Who changed what, when and why: the newest first. */
export function HistoryTab({ experiment }: { readonly experiment: Experiment }) {
  const audit = useAudit(experiment.key)
  const versions = useVersions(experiment)
  const [isWhole, setWhole] = useState(false)
  if (audit.data === undefined) {
    return audit.isError ? (
      <Failure error={audit.error} onRetry={() => void audit.refetch()} />
    ) : (
      <Skeleton height={320} radius="lg" />
    )
  }
  const entries = audit.data.toReversed()
  const shown = isWhole ? entries : entries.slice(0, ENTRIES_AT_FIRST)
  return (
    <Section
      title="History"
      lead="Every change is kept with its author and reason, and none is ever altered."
    >
      {versions.isError && versions.data === undefined ? (
        <Failure error={versions.error} onRetry={() => void versions.refetch()} />
      ) : null}
      <ol className={classes.entries} reversed>
        {shown.map((entry) => (
          <Entry
            key={`${entry.version} ${entry.action} ${entry.at}`}
            entry={entry}
            changes={changesOf(entry, versions.data ?? [])}
          />
        ))}
      </ol>
      {shown.length < entries.length ? (
        <Button variant="default" size="compact-sm" onClick={() => setWhole(true)}>
          Show all {counted(entries.length, 'change')}
        </Button>
      ) : null}
    </Section>
  )
}

/** Every version, oldest first; fetched again only when there is another one. */
function useVersions({ key, version }: Experiment) {
  return useQuery({
    queryKey: [...keys.experiment(key), 'versions', version],
    queryFn: async () =>
      (await request<{ versions: readonly Experiment[] }>(`/v1/experiments/${segment(key)}/versions`))
        .versions,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (known) => known,
  })
}

function changesOf({ version }: AuditEntry, versions: readonly Experiment[]): FieldChange[] {
  const before = versions.find((each) => each.version === version - 1)
  const after = versions.find((each) => each.version === version)
  return before && after ? changesBetween(before, after) : []
}

interface EntryProps {
  readonly entry: AuditEntry
  readonly changes: readonly FieldChange[]
}

function Entry({ entry, changes }: EntryProps) {
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
