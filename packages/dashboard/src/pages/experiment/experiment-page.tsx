import type { Experiment } from '@helios/sdk'
import { Anchor, Skeleton, Stack } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useExperiment } from '../../api/queries.ts'
import { RefusedError } from '../../api/request.ts'
import { Failure } from '../../parts/states.tsx'
import { DesignTab } from './design/design-tab.tsx'
import classes from './experiment-page.module.css'
import { ExperimentTabs, type TabName, tabNamed } from './experiment-tabs.tsx'
import { Findings } from './head/findings.tsx'
import { Head } from './head/head.tsx'
import { HistoryTab } from './history/history-tab.tsx'
import { ResultsTab } from './results/results-tab.tsx'
import { SegmentsTab } from './segments/segments-tab.tsx'
import { TrafficTab } from './traffic/traffic-tab.tsx'
import { UnknownExperiment } from './unknown-experiment.tsx'

interface Props {
  readonly experimentKey: string
  readonly tab: string | undefined
}

const CONTENTS: Readonly<Record<TabName, (props: { readonly experiment: Experiment }) => React.ReactNode>> = {
  results: ResultsTab,
  traffic: TrafficTab,
  segments: SegmentsTab,
  design: DesignTab,
  history: HistoryTab,
}

/** Everything about one experiment: what it shows, how it was made, and what can be done with it. */
export default function ExperimentPage({ experimentKey, tab }: Props) {
  const experiment = useExperiment(experimentKey)
  useDocumentTitle(`${experiment.data?.name ?? experimentKey} · Helios`)
  return (
    <>
      <Anchor component={Link} href="/" className={classes.back} size="sm">
        <IconChevronLeft size={16} aria-hidden />
        All experiments
      </Anchor>
      {experiment.data ? (
        <Loaded experiment={experiment.data} tab={tabNamed(tab)} />
      ) : experiment.isPending ? (
        <Waiting />
      ) : isNotFound(experiment.error) ? (
        <UnknownExperiment experimentKey={experimentKey} />
      ) : (
        <Failure error={experiment.error} onRetry={() => void experiment.refetch()} />
      )}
    </>
  )
}

function isNotFound(error: unknown): boolean {
  return error instanceof RefusedError && error.status === 404
}

function Loaded({ experiment, tab }: { readonly experiment: Experiment; readonly tab: TabName }) {
  const Content = CONTENTS[tab]
  return (
    <>
      <Head experiment={experiment} />
      <ExperimentTabs experimentKey={experiment.key} tab={tab} />
      <Stack gap="lg" className={classes.content}>
        {/* Results begin with the findings of their own analysis, told at length. */}
        {tab === 'results' ? null : <Findings experimentKey={experiment.key} />}
        <Content experiment={experiment} />
      </Stack>
    </>
  )
}

/** As high as what comes, so that nothing jumps. */
function Waiting() {
  return (
    <Stack gap="md" role="status" aria-label="Loading the experiment">
      <Skeleton height={34} w={360} maw="80%" />
      <Skeleton height={26} w={480} maw="100%" />
      <Skeleton height={40} mt="md" />
      <Skeleton height={120} radius="lg" />
      <Skeleton height={320} radius="lg" />
    </Stack>
  )
}
