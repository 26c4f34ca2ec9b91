import type { Finding } from '@helios/sdk'
import { Title } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight, IconHourglass, IconScale } from '@tabler/icons-react'
import type { Verdict } from './verdict.ts'
import classes from './verdict-card.module.css'
import { Warnings } from './warnings.tsx'

const ICONS = {
  better: IconArrowUpRight,
  worse: IconArrowDownRight,
  undecided: IconScale,
  nothing: IconHourglass,
} as const

const ANSWERS = {
  better: 'A variant is better',
  worse: 'A variant is worse',
  undecided: 'Not decided',
  nothing: 'No verdict',
} as const

interface Props {
  readonly verdict: Verdict
  readonly warnings: readonly Finding[]
}

/** The answer in one line, and what to know before believing it. */
export function VerdictCard({ verdict, warnings }: Props) {
  const { tone, headline, details } = verdict
  const Icon = ICONS[tone]
  return (
    <section className={classes.card} data-tone={tone} aria-label="Verdict">
      {/* Numbers change every second; only another answer is worth interrupting for. */}
      <span className="visually-hidden" role="status">
        {ANSWERS[tone]}
      </span>
      <div className={classes.answer}>
        <Icon size={26} stroke={2} className={classes.icon} aria-hidden />
        <div className={classes.words}>
          <Title order={2} size="h3" lh={1.3}>
            {headline}
          </Title>
          {details.map((detail) => (
            <p key={detail} className={classes.detail}>
              {detail}
            </p>
          ))}
        </div>
      </div>
      {warnings.length === 0 ? null : (
        <div className={classes.care}>
          <Warnings warnings={warnings} />
        </div>
      )}
    </section>
  )
}
