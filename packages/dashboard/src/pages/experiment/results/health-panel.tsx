import type { Experiment, Health } from '@helios/sdk'
import { Title } from '@mantine/core'
import { IconAlertOctagonFilled, IconAlertTriangleFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import { Explained } from '../../../parts/explained.tsx'
import { wholePercent } from '../../../parts/whole-percent.ts'
import { capital, counted } from '../words.ts'
import { namesFor } from './advice.ts'
import type { Catalogue } from './effects.ts'
import classes from './health-panel.module.css'
import { healthInWords, type PartInWords, partsInWords, type Tone } from './health-words.ts'

const ICONS = {
  good: IconCircleCheckFilled,
  attention: IconAlertTriangleFilled,
  bad: IconAlertOctagonFilled,
} as const satisfies Readonly<Record<Tone, unknown>>

interface Props {
  readonly health: Health
  readonly experiment: Experiment
  readonly catalogue: Catalogue
}

/** How far the numbers can be trusted: the score, and what lowers it, the worst first. */
export function HealthPanel({ health, experiment, catalogue }: Props) {
  const { tone, text } = healthInWords(health)
  const say = namesFor(experiment, catalogue)
  const parts = partsInWords(health).map((part) => ({ ...part, message: capital(say(part.message)) }))
  const lowering = parts.filter((part) => part.tone !== 'good')
  const fine = parts.filter((part) => part.tone === 'good')
  if (parts.length === 0) return null
  return (
    <section className={classes.panel} aria-label="Health of the numbers">
      <div className={classes.head}>
        <Ring score={health.score} tone={tone} />
        <div className={classes.words}>
          <Title order={2} size="h4">
            <Explained how="The product of the checks below, each between 0 and 100 %: one that fails altogether makes it 0.">
              Health
            </Explained>
          </Title>
          <p className={classes.text}>{text}</p>
        </div>
      </div>
      <Parts parts={lowering} />
      {fine.length === 0 ? null : (
        <details className={classes.fine}>
          <summary>
            <IconCircleCheckFilled size={16} className={classes.tick} aria-hidden />
            {counted(fine.length, 'check')} passed
          </summary>
          <Parts parts={fine} />
        </details>
      )}
    </section>
  )
}

function Parts({ parts }: { readonly parts: readonly PartInWords[] }) {
  if (parts.length === 0) return null
  return (
    <ul className={classes.parts}>
      {parts.map(({ check, title, tone, word, score, message }) => {
        const Icon = ICONS[tone]
        return (
          <li key={check} data-tone={tone}>
            <Icon size={17} aria-hidden />
            <div className={classes.words}>
              <p className={classes.title}>
                <span>{title}</span>
                <span className={classes.verdict}>
                  {word}, <span className="number">{wholePercent(score)}</span>
                </span>
              </p>
              <p className={classes.message}>{message}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

const RADIUS = 26
const CIRCUMFERENCE = 2 * Math.PI * RADIUS

function Ring({ score, tone }: { readonly score: number; readonly tone: Tone }) {
  const share = Math.min(1, Math.max(0, score || 0))
  return (
    <div className={classes.ring} data-tone={tone}>
      <svg viewBox="0 0 64 64" width={64} height={64} aria-hidden>
        <circle cx={32} cy={32} r={RADIUS} className={classes.track} />
        <circle
          cx={32}
          cy={32}
          r={RADIUS}
          className={classes.arc}
          strokeDasharray={`${share * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
          transform="rotate(-90 32 32)"
        />
      </svg>
      <span className={classes.score}>{wholePercent(share)}</span>
    </div>
  )
}
