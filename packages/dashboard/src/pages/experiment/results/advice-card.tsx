import type { Analysis, Experiment } from '@helios/sdk'
import { Title } from '@mantine/core'
import {
  IconBulb,
  IconCircleCheckFilled,
  IconDoorExit,
  IconFlag3Filled,
  IconHandStop,
  IconHourglass,
  IconPlayerPlayFilled,
  IconPlayerStopFilled,
  IconScale,
  IconShieldFilled,
} from '@tabler/icons-react'
import { counted } from '../words.ts'
import { type Advice, adviceOf, type StoppingLine, stoppingLines } from './advice.ts'
import classes from './advice-card.module.css'
import type { Catalogue } from './effects.ts'

const ICONS = {
  'do-not-read': IconHandStop,
  deploy: IconCircleCheckFilled,
  'keep-control': IconShieldFilled,
  'stop-variant': IconPlayerStopFilled,
  continue: IconPlayerPlayFilled,
  decide: IconScale,
} as const satisfies Readonly<Record<Advice['code'], unknown>>

const LINE_ICONS = {
  stop: IconFlag3Filled,
  variants: IconDoorExit,
  waiting: IconHourglass,
  reason: IconBulb,
} as const satisfies Readonly<Record<StoppingLine['kind'], unknown>>

interface Props {
  readonly analysis: Analysis
  readonly experiment: Experiment
  readonly catalogue: Catalogue
}

/** What to do now: the first recommendation with its evidence, the others, and whether to stop. */
export function AdviceCard({ analysis, experiment, catalogue }: Props) {
  const [first, ...others] = adviceOf(analysis, experiment, catalogue)
  if (first === undefined) return null
  const said = [first, ...others].flatMap(({ reason, evidence }) => [reason, ...evidence])
  const lines = stoppingLines(analysis.stopping, experiment, catalogue, said)
  return (
    <section className={classes.card} data-code={first.code} aria-label="Recommendation">
      <div className={classes.main}>
        <Icon code={first.code} size={30} />
        <div className={classes.words}>
          <p className={classes.eyebrow}>
            Recommendation{first.isDone ? ', and done: it ships to everyone' : ''}
          </p>
          <Title order={2} size="h2" lh={1.2}>
            {first.headline}
          </Title>
          <p className={classes.reason}>{first.reason}</p>
          <Evidence sentences={first.evidence} />
        </div>
      </div>
      {others.length === 0 ? null : <Others advice={others} />}
      {lines.length === 0 ? null : (
        <ul className={classes.stopping} aria-label="Whether to stop">
          {lines.map(({ kind, text }) => {
            const LineIcon = LINE_ICONS[kind]
            return (
              <li key={`${kind} ${text}`}>
                <LineIcon size={17} aria-hidden />
                <span>{text}</span>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

function Icon({ code, size }: { readonly code: Advice['code']; readonly size: number }) {
  const Known = Object.hasOwn(ICONS, code) ? ICONS[code] : IconBulb
  return <Known size={size} stroke={2} className={classes.icon} aria-hidden />
}

const EVIDENCE_AT_FIRST = 4

function Evidence({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  const rest = sentences.slice(EVIDENCE_AT_FIRST)
  return (
    <>
      <Sentences sentences={sentences.slice(0, EVIDENCE_AT_FIRST)} />
      {rest.length === 0 ? null : (
        <details className={classes.more}>
          <summary>{counted(rest.length, 'more finding')}</summary>
          <Sentences sentences={rest} />
        </details>
      )}
    </>
  )
}

function Sentences({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <ul className={classes.evidence}>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

const OTHERS_AT_FIRST = 3

function Others({ advice }: { readonly advice: readonly Advice[] }) {
  const rest = advice.slice(OTHERS_AT_FIRST)
  return (
    <div className={classes.others}>
      <OtherList advice={advice.slice(0, OTHERS_AT_FIRST)} />
      {rest.length === 0 ? null : (
        <details className={classes.more}>
          <summary>{counted(rest.length, 'more recommendation')}</summary>
          <OtherList advice={rest} />
        </details>
      )}
    </div>
  )
}

function OtherList({ advice }: { readonly advice: readonly Advice[] }) {
  return (
    <ul>
      {advice.map(({ code, headline, reason, evidence }) => (
        <li key={`${code} ${headline} ${reason}`} data-code={code}>
          <Icon code={code} size={19} />
          <div className={classes.words}>
            <strong>{headline}.</strong> {reason}
            {evidence.length === 0 ? null : (
              <details className={classes.more}>
                <summary>Evidence</summary>
                <Sentences sentences={evidence} />
              </details>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
