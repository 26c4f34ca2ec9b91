import { isNumber } from '@helios/charts/format'
import type { Finding, HealthLevel } from '@helios/sdk'
import { Tooltip } from '@mantine/core'
import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleDotted,
  IconHeartbeat,
  IconHourglass,
} from '@tabler/icons-react'
import { memo } from 'react'
import classes from './badge.module.css'
import { wholePercent } from './whole-percent.ts'

const LOOKS = {
  idle: {
    word: 'Nothing to judge',
    explanation: 'No unit has met a variant yet.',
    tone: 'quiet',
    icon: IconCircleDotted,
  },
  good: {
    word: 'Healthy',
    explanation: 'Every check of the numbers passed: they may be read.',
    tone: 'good',
    icon: IconHeartbeat,
  },
  attention: {
    word: 'Read with care',
    explanation: 'The numbers may be read, knowing this.',
    tone: 'attention',
    icon: IconAlertTriangleFilled,
  },
  bad: {
    word: 'Do not read',
    explanation: 'The numbers would mislead.',
    tone: 'bad',
    icon: IconAlertOctagonFilled,
  },
} as const satisfies Readonly<Record<HealthLevel, unknown>>

/** Nothing was found, yet some checks are far from passed: it is young, or small. */
const PRELIMINARY = {
  word: 'Preliminary',
  explanation: 'Nothing is wrong with the numbers, but it is too early to act on them.',
  tone: 'quiet',
  icon: IconHourglass,
} as const
/** Below, the engine would not act on the numbers. */
const ACT_FROM = 0.5

interface Props {
  readonly level: HealthLevel
  readonly findings: readonly Finding[]
  /** In [0, 1]; absent where there is nothing to judge. */
  readonly score?: number | undefined
}

/** Whether the numbers of an experiment may be read; what was found is told on hover, touch or focus. */
export const HealthBadge = memo(function HealthBadge({ level, findings, score }: Props) {
  const isPreliminary = level === 'good' && isNumber(score) && score < ACT_FROM
  const { word, explanation, tone, icon: Icon } = isPreliminary ? PRELIMINARY : LOOKS[level]
  const percent = isNumber(score) && level !== 'idle' ? wholePercent(score) : undefined
  return (
    <Tooltip
      label={
        <>
          <Findings findings={findings} otherwise={explanation} />
          {percent === undefined ? null : (
            <p className={classes.score}>Health score {percent}: the product of all checks.</p>
          )}
        </>
      }
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={360}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what was found must be readable by keyboard */}
      <span className={classes.badge} data-tone={tone} tabIndex={0}>
        <Icon size={14} aria-hidden />
        {word}
        {percent === undefined || level === 'bad' ? null : <span className={classes.number}>{percent}</span>}
      </span>
    </Tooltip>
  )
}, isSame)

/** Live updates bring the same findings as new objects. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.level === b.level &&
    percentOf(a) === percentOf(b) &&
    a.findings.length === b.findings.length &&
    a.findings.every((finding, index) => finding.message === b.findings[index]?.message)
  )
}

function percentOf({ score }: Props): string | undefined {
  return isNumber(score) ? wholePercent(score) : undefined
}

function Findings({
  findings,
  otherwise,
}: {
  readonly findings: Props['findings']
  readonly otherwise: string
}) {
  if (findings.length === 0) return otherwise
  return (
    <ul className={classes.findings}>
      {findings.map(({ code, message }) => (
        <li key={`${code} ${message}`}>{message}</li>
      ))}
    </ul>
  )
}

/** The word for a level, for filters and sentences. */
export function wordOfHealth(level: HealthLevel): string {
  return LOOKS[level].word
}
