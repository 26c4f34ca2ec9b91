import type { ExperimentSummary, Metric } from '@helios/sdk'
import { Button, Skeleton, Stack } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconFilterOff } from '@tabler/icons-react'
import { useDeferredValue, useMemo } from 'react'
import { useMetrics, useSummaries } from '../../api/queries.ts'
import { useNow } from '../../lib/time.ts'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty, Failure } from '../../parts/states.tsx'
import { ageInWords } from './age-in-words.ts'
import { ExperimentLine } from './experiment-line.tsx'
import classes from './experiments-page.module.css'
import { FirstSteps } from './first-steps.tsx'
import { cleared, isFiltered, type ListView, matches, membershipOf, orderedKeys } from './list-view.ts'
import { NewExperiment } from './new-experiment.tsx'
import { Tiles } from './tiles.tsx'
import { Toolbar } from './toolbar.tsx'
import { useListView } from './use-list-view.ts'

/** All experiments: what runs, what needs a look, where each stands. */
export function ExperimentsPage() {
  useDocumentTitle('Experiments · Helios')
  return (
    <>
      <PageTitle
        title="Experiments"
        lead="What runs, what it shows so far, and what needs a look."
        actions={<NewExperiment />}
      />
      <Experiments />
    </>
  )
}

function Experiments() {
  const { data, isPending, error, refetch } = useSummaries()
  if (isPending) return <Waiting />
  if (data === undefined) return <Failure error={error} onRetry={() => void refetch()} />
  return data.length === 0 ? <FirstSteps /> : <List summaries={data} />
}

function List({ summaries }: { readonly summaries: readonly ExperimentSummary[] }) {
  const [view, setView] = useListView()
  const shown = useLines(summaries, useDeferredValue(view))
  return (
    <>
      <Tiles summaries={summaries} />
      <Toolbar summaries={summaries} view={view} onChange={setView} />
      <p className={isFiltered(view) ? classes.found : 'visually-hidden'} role="status">
        {shown.length} of {summaries.length} experiments
      </p>
      {shown.length > 0 ? (
        <Lines summaries={shown} />
      ) : (
        <Empty
          icon={IconFilterOff}
          title="No experiment fits"
          action={
            <Button variant="default" onClick={() => setView(cleared(view))}>
              Clear search and filters
            </Button>
          }
        >
          None of the {summaries.length} experiments matches the search and the filters together.
        </Empty>
      )}
    </>
  )
}

/**
 * What fits the view, in its order. The order is taken anew when lines come or go and every half minute,
 * not with every number: lines must not move away under the pointer.
 */
function useLines(summaries: readonly ExperimentSummary[], view: ListView): readonly ExperimentSummary[] {
  const now = useNow()
  const membership = membershipOf(summaries)
  const order = useMemo(() => orderedKeys(summaries, view.order), [membership, view.order, now])
  return useMemo(() => {
    const byKey = new Map(summaries.map((summary) => [summary.key, summary]))
    return order
      .map((key) => byKey.get(key))
      .filter((summary) => summary !== undefined)
      .filter((summary) => matches(summary, view))
  }, [summaries, order, view])
}

function Lines({ summaries }: { readonly summaries: readonly ExperimentSummary[] }) {
  const now = useNow()
  const metrics = useMetrics().data
  const byKey = useMemo(() => new Map(metrics?.map((metric) => [metric.key, metric])), [metrics])
  return (
    <ul className={classes.lines}>
      {summaries.map((summary) => (
        <ExperimentLine
          key={summary.key}
          summary={summary}
          metric={metricOf(summary, byKey)}
          age={ageInWords(summary, now)}
        />
      ))}
    </ul>
  )
}

function metricOf({ leading }: ExperimentSummary, byKey: ReadonlyMap<string, Metric>): Metric | undefined {
  return leading === undefined ? undefined : byKey.get(leading.metric)
}

/** As high as what comes, so that nothing jumps. */
function Waiting() {
  return (
    <Stack gap={12} role="status" aria-label="Loading the experiments">
      <div className={classes.waitingTiles}>
        <Skeleton height={88} radius="lg" />
        <Skeleton height={88} radius="lg" />
        <Skeleton height={88} radius="lg" />
      </div>
      <Skeleton height={36} mt={12} w={420} maw="100%" />
      <Skeleton height={36} />
      <Skeleton height={460} radius="lg" />
    </Stack>
  )
}
