import { formatCount } from '@helios/charts/format'
import type { ExperimentSummary, Finding, HealthLevel, Metric } from '@helios/sdk'
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from '@tabler/icons-react'
import { memo, useRef } from 'react'
import { Link } from 'wouter'
import { segment } from '../../api/request.ts'
import { Explained } from '../../parts/explained.tsx'
import { HealthBadge } from '../../parts/health-badge.tsx'
import { Sparkline } from '../../parts/sparkline.tsx'
import { StatusBadge } from '../../parts/status-badge.tsx'
import classes from './experiment-line.module.css'
import { type LeadingInWords, leadingInWords } from './leading-in-words.ts'
import { recentUnitsOf } from './list-view.ts'
import { useWhileNear } from './use-while-near.ts'

interface Props {
  readonly summary: ExperimentSummary
  /** The metric that leads, once the catalogue is known. */
  readonly metric: Metric | undefined
  /** A text and not a time, so that the passing of time draws only the lines whose words change. */
  readonly age: string
}

/** One experiment of the list. Drawn again only when its numbers or words change, and while it is near. */
export const ExperimentLine = memo(function ExperimentLine({ summary, metric, age }: Props) {
  const line = useRef<HTMLLIElement>(null)
  const shown = useWhileNear(summary, line)
  return (
    <li ref={line} className={classes.line}>
      <Content summary={shown} metric={metric} age={age} />
    </li>
  )
})

const Content = memo(function Content({ summary, metric, age }: Props) {
  const { key, name, status, health, variants, metrics, tags, unit } = summary
  return (
    <>
      <div className={classes.identity}>
        <h2 className={classes.name}>
          <Link href={`/experiments/${segment(key)}`} className={classes.link}>
            <bdi>{name}</bdi>
          </Link>
        </h2>
        {name === key ? null : <div className={classes.key}>{key}</div>}
        <div className={classes.facts}>
          {plural(variants, 'variant')} × {plural(metrics, 'metric')} · {age}
        </div>
        {tags.length === 0 ? null : <Tags tags={tags} />}
      </div>
      <div className={classes.state}>
        <div className={classes.badges}>
          <StatusBadge status={status} />
          {status === 'draft' ? null : <HealthBadge {...health} />}
        </div>
        <FirstFinding level={health.level} findings={health.findings} />
      </div>
      <Units
        count={summary.units}
        unit={unit}
        recent={summary.recentUnits}
        recentCount={recentUnitsOf(summary)}
      />
      <Leading summary={summary} metric={metric} />
    </>
  )
})

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

const MOST_TAGS = 4

function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <div className={classes.tags}>
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <span key={tag} className={classes.tag} data-tag={tag}>
          {tag}
        </span>
      ))}
      {tags.length > MOST_TAGS ? <span className={classes.more}>+{tags.length - MOST_TAGS}</span> : null}
    </div>
  )
}

function FirstFinding(props: { readonly level: HealthLevel; readonly findings: readonly Finding[] }) {
  const [first, ...others] = props.findings
  if (first === undefined || props.level === 'good' || props.level === 'idle') return null
  return (
    <div className={classes.finding}>
      <span className={classes.message}>{first.message}</span>
      {others.length > 0 ? <span> And {others.length} more.</span> : null}
    </div>
  )
}

interface UnitsProps {
  readonly count: number
  readonly unit: string
  readonly recent: readonly number[]
  readonly recentCount: number
}

function Units({ count, unit, recent, recentCount }: UnitsProps) {
  return (
    <div className={classes.units}>
      <div>
        <span className={classes.count}>{formatCount(count)}</span>{' '}
        <span className={classes.quiet}>{count === 1 ? unit : `${unit}s`}</span>
      </div>
      {recentCount === 0 ? null : (
        <Sparkline
          values={recent}
          label={`${formatCount(recentCount)} new in the last 24 hours, hour by hour`}
        />
      )}
    </div>
  )
}

const ARROWS = { better: IconArrowUpRight, worse: IconArrowDownRight, 'not decided': IconMinus } as const
const VERDICTS = { better: 'Better', worse: 'Worse', 'not decided': 'Not decided' } as const

interface LeadingProps {
  readonly summary: ExperimentSummary
  readonly metric: Metric | undefined
}

function Leading({ summary, metric }: LeadingProps) {
  const words = leadingInWords(summary.leading, metric)
  if (words === undefined || summary.health.level === 'bad') {
    return (
      <div className={classes.leading}>
        <span className={classes.quiet}>{reasonForNoEffect(summary)}</span>
      </div>
    )
  }
  return (
    <div className={classes.leading}>
      <div className={classes.verdict} data-verdict={words.verdict}>
        <Verdict verdict={words.verdict} method={words.method} />
        <span className="number">{words.effect}</span>
      </div>
      <div className={classes.quiet}>
        <bdi>{words.variant}</bdi> on <bdi>{words.metric}</bdi>
      </div>
    </div>
  )
}

interface VerdictProps {
  readonly verdict: LeadingInWords['verdict']
  readonly method: string
}

/** By itself, since numbers change often and verdicts rarely. */
const Verdict = memo(function Verdict({ verdict, method }: VerdictProps) {
  const Arrow = ARROWS[verdict]
  return (
    <>
      <Arrow size={16} aria-hidden />
      <Explained how={method}>{VERDICTS[verdict]}</Explained>
    </>
  )
})

function reasonForNoEffect({ health, startedAt }: ExperimentSummary): string {
  if (health.level === 'bad') return 'Effect not shown: it would mislead'
  return startedAt === undefined ? 'Not started' : 'No effect to show yet'
}
