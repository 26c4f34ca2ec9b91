import type { Finding, HealthLevel } from '@helios/sdk'
import { Tooltip } from '@mantine/core'
import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleDotted,
  IconHeartbeat,
} from '@tabler/icons-react'
import { memo } from 'react'
import classes from './badge.module.css'

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

interface Props {
  readonly level: HealthLevel
  readonly findings: readonly Finding[]
}

/** Whether the numbers of an experiment may be read; what was found is told on hover, touch or focus. */
export const HealthBadge = memo(function HealthBadge({ level, findings }: Props) {
  const { word, explanation, tone, icon: Icon } = LOOKS[level]
  return (
    <Tooltip
      label={<Findings findings={findings} otherwise={explanation} />}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={360}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what was found must be readable by keyboard */}
      <span className={classes.badge} data-tone={tone} tabIndex={0}>
        <Icon size={14} aria-hidden />
        {word}
      </span>
    </Tooltip>
  )
}, isSame)

/** Live updates bring the same findings as new objects. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.level === b.level &&
    a.findings.length === b.findings.length &&
    a.findings.every((finding, index) => finding.message === b.findings[index]?.message)
  )
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
