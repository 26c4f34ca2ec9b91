import type { Analysis, Experiment } from '@helios/sdk'
import { Skeleton } from '@mantine/core'
import { useAnalysis } from '../../../api/queries.ts'
import { Failure } from '../../../parts/states.tsx'
import { UnitsCheck } from '../traffic/units-check.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { useChoice } from '../use-choice.ts'
import { isolated } from '../words.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import { MetricGroup } from './metric-group.tsx'
import { NotStarted } from './not-started.tsx'
import { OverTime } from './over-time.tsx'
import { Refusal } from './refusal.tsx'
import { useScale } from './scale-switch.tsx'
import { verdictOf } from './verdict.ts'
import { VerdictCard } from './verdict-card.tsx'

interface Props {
  readonly experiment: Experiment
}

const ANYWAY = ['no', 'yes'] as const

/** What the experiment did: the answer, the effects, how they developed. */
export function ResultsTab({ experiment }: Props) {
  const [anyway, setAnyway] = useChoice('anyway', ANYWAY)
  const isShownAnyway = anyway === 'yes'
  const analysis = useAnalysis(experiment.key, { evenIfMisleading: isShownAnyway })
  if (experiment.status === 'draft') return <NotStarted experiment={experiment} />
  if (analysis.data === undefined) {
    return analysis.isError ? (
      <Failure error={analysis.error} onRetry={() => void analysis.refetch()} />
    ) : (
      <Waiting />
    )
  }
  const { data } = analysis
  return (
    <>
      {data.status === 'refused' ? (
        <Refusal
          refusals={data.refusals}
          warnings={isShownAnyway ? [] : data.warnings}
          isShownAnyway={isShownAnyway}
          onShowAnyway={(isShown) => setAnyway(isShown ? 'yes' : 'no')}
        />
      ) : null}
      {data.status === 'ok' || isShownAnyway ? (
        <Numbers experiment={experiment} analysis={data} isShownAnyway={isShownAnyway} />
      ) : null}
      <UnitsCheck experiment={experiment} analysis={data} />
    </>
  )
}

interface NumbersProps extends Props {
  readonly analysis: Analysis
  readonly isShownAnyway: boolean
}

function Numbers({ experiment, analysis, isShownAnyway }: NumbersProps) {
  const catalogue = useCatalogue()
  const [scale] = useScale()
  const { primary, guardrails, secondary } = experiment.metrics
  const shared = { analysis, experiment, catalogue, scale }
  const hasMetrics = primary.length + guardrails.length + secondary.length > 0
  return (
    <>
      <VerdictCard verdict={verdictOf(analysis, experiment, catalogue)} warnings={analysis.warnings} />
      {primary.length === 0 ? null : (
        <MetricGroup
          {...shared}
          title={titleOf('Primary metric', primary, catalogue)}
          lead="What the experiment is decided by: each variant against the control."
          metrics={primary}
        />
      )}
      {guardrails.length === 0 ? null : (
        <MetricGroup
          {...shared}
          title={titleOf('Guardrail', guardrails, catalogue)}
          lead="What must not get worse, whatever gets better."
          metrics={guardrails}
        />
      )}
      {secondary.length === 0 ? null : (
        <MetricGroup
          {...shared}
          title={titleOf('Secondary metric', secondary, catalogue)}
          lead="To understand the result, not to decide by: among many, some look good by chance."
          metrics={secondary}
        />
      )}
      {hasMetrics ? (
        <OverTime experiment={experiment} catalogue={catalogue} evenIfMisleading={isShownAnyway} />
      ) : null}
    </>
  )
}

/** Names the metric where there is one only, since its rows are then named by variant. */
function titleOf(role: string, metrics: readonly string[], catalogue: Catalogue): string {
  const [only, ...others] = metrics
  return only === undefined || others.length > 0
    ? `${role}s`
    : `${role}: ${isolated(nameOfMetric(catalogue, only))}`
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading the results">
      <Skeleton height={110} radius="lg" mb="lg" />
      <Skeleton height={280} radius="lg" />
    </div>
  )
}
