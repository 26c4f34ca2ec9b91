import { formatAge, formatCount, formatDuration, formatTime } from '@helios/charts/format'
import type { Experiment, ExperimentSummary } from '@helios/sdk'
import { useSummaries } from '../../../api/queries.ts'
import { useNow } from '../../../lib/time.ts'
import { Explained } from '../../../parts/explained.tsx'
import { HealthBadge } from '../../../parts/health-badge.tsx'
import { PageTitle } from '../../../parts/page-title.tsx'
import { StatusBadge } from '../../../parts/status-badge.tsx'
import { LifeCycleButtons } from '../life-cycle/life-cycle-buttons.tsx'
import { nameOfVariant, pluralOf } from '../words.ts'
import classes from './head.module.css'
import { ReportLink } from './report-link.tsx'

const SIMULATED = 'simulated'

/** What it is, where it stands, and what can be done with it. */
export function Head({ experiment }: { readonly experiment: Experiment }) {
  const { key, name, status, tags } = experiment
  const line = useSummaries().data?.find((summary) => summary.key === key)
  return (
    <PageTitle
      title={<bdi>{name}</bdi>}
      lead={
        <div className={classes.lead}>
          <div className={classes.badges}>
            <StatusBadge status={status} />
            {line === undefined || status === 'draft' ? null : <HealthBadge {...line.health} />}
            {tags.includes(SIMULATED) ? <SimulatedBadge /> : null}
            {tags
              .filter((tag) => tag !== SIMULATED)
              .map((tag) => (
                <span key={tag} className={classes.tag}>
                  {tag}
                </span>
              ))}
          </div>
          <Facts experiment={experiment} line={line} />
        </div>
      }
      actions={
        <>
          <LifeCycleButtons experiment={experiment} />
          <ReportLink experimentKey={key} />
        </>
      }
    />
  )
}

function SimulatedBadge() {
  return (
    <span className={classes.simulated}>
      <Explained how="A program sends this traffic to show how Helios works; no person met these variants.">
        Simulated traffic
      </Explained>
    </span>
  )
}

interface FactsProps {
  readonly experiment: Experiment
  readonly line: ExperimentSummary | undefined
}

function Facts({ experiment, line }: FactsProps) {
  const { key, unit, version, createdAt, shipped } = experiment
  return (
    <ul className={classes.facts}>
      <li>
        <code className={classes.key}>{key}</code>
      </li>
      <li>
        {line === undefined ? (
          <>Unit: {unit}</>
        ) : (
          <Explained
            how={`Different ${pluralOf(unit)} that met a variant, each counted once, at the first exposure. A ${unit} is what is randomised and compared.`}
          >
            {formatCount(line.units)} {line.units === 1 ? unit : pluralOf(unit)}
          </Explained>
        )}
      </li>
      <li>
        <Age experiment={experiment} />
      </li>
      <li>
        <Explained
          how={`Rises by one with each change, and every version is kept. Created ${formatTime(createdAt)}.`}
        >
          Version {version}
        </Explained>
      </li>
      {shipped === undefined ? null : (
        <li>
          Ships <bdi>{nameOfVariant(experiment, shipped)}</bdi> to everyone
        </li>
      )}
    </ul>
  )
}

function Age({ experiment }: { readonly experiment: Experiment }) {
  const now = useNow()
  const { createdAt, startedAt, endedAt } = experiment
  if (startedAt === undefined) {
    return <Explained how={formatTime(createdAt)}>Created {formatAge(createdAt, now)}</Explained>
  }
  if (endedAt === undefined) {
    return <Explained how={formatTime(startedAt)}>Started {formatAge(startedAt, now)}</Explained>
  }
  return (
    <Explained how={`${formatTime(startedAt)} to ${formatTime(endedAt)}`}>
      Ran {formatDuration(endedAt - startedAt)}, ended {formatAge(endedAt, now)}
    </Explained>
  )
}
