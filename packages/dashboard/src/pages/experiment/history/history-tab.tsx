import type { AuditEntry, Experiment } from '@helios/sdk'
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { keys, useAudit } from '../../../api/queries.ts'
import { request, segment } from '../../../api/request.ts'
import { Failure } from '../../../parts/states.tsx'
import { Section } from '../section.tsx'
import { counted } from '../words.ts'
import { changesBetween, type FieldChange } from './changes.ts'
import { Entry } from './entry.tsx'
import classes from './history.module.css'

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
