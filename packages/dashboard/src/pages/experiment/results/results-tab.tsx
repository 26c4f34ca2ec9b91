import type { Analysis, Experiment } from '@helios/sdk'
import { Skeleton } from '@mantine/core'
import { useAnalysis } from '../../../api/queries.ts'
import { Failure } from '../../../parts/states.tsx'
import { UnitsCheck } from '../traffic/units-check.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { useChoice } from '../use-choice.ts'
import { isolated } from '../words.ts'
import { adviceOf } from './advice.ts'
import { AdviceCard } from './advice-card.tsx'
import { careOf } from './care.ts'
import { type Catalogue, nameOfMetric } from './effects.ts'
import { HealthPanel } from './health-panel.tsx'
import { MetricGroup } from './metric-group.tsx'
import { NotStarted } from './not-started.tsx'
import { OverTime } from './over-time.tsx'
import { Refusal } from './refusal.tsx'
import classes from './results-tab.module.css'
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
  const catalogue = useCatalogue()
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
          advice={adviceOf(data, experiment, catalogue).map(({ reason }) => reason)}
          isShownAnyway={isShownAnyway}
          onShowAnyway={(isShown) => setAnyway(isShown ? 'yes' : 'no')}
        />
      ) : (
        <AdviceCard analysis={data} experiment={experiment} catalogue={catalogue} />
      )}
      {data.status === 'ok' || isShownAnyway ? (
        <Numbers
          experiment={experiment}
          analysis={data}
          catalogue={catalogue}
          isShownAnyway={isShownAnyway}
        />
      ) : (
        <HealthPanel health={data.health} experiment={experiment} catalogue={catalogue} />
      )}
      <UnitsCheck experiment={experiment} analysis={data} />
    </>
  )
}

interface NumbersProps extends Props {
  readonly analysis: Analysis
  readonly catalogue: Catalogue
  readonly isShownAnyway: boolean
}

function Numbers({ experiment, analysis, catalogue, isShownAnyway }: NumbersProps) {
  const [scale] = useScale()
  const { primary, guardrails, secondary } = experiment.metrics
  const shared = { analysis, experiment, catalogue, scale }
  const hasMetrics = primary.length + guardrails.length + secondary.length > 0
  return (
    <>
      <div className={classes.answer}>
        <VerdictCard verdict={verdictOf(analysis, experiment, catalogue)} warnings={careOf(analysis)} />
        {analysis.units === 0 ? null : (
          <HealthPanel health={analysis.health} experiment={experiment} catalogue={catalogue} />
        )}
      </div>
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
