import { formatBytes } from '@helios/charts/format'
import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useMetrics } from '../../../api/queries.ts'
import type { Draft } from '../draft.ts'
import { LARGEST_BODY_BYTES } from '../input.ts'
import { cautionsOf, type Line, linesOf, startInWords } from '../review.ts'
import { STEP_TITLES, STEPS, type Step } from '../steps.ts'
import classes from './review-step.module.css'

interface Props {
  readonly draft: Draft
  readonly body: { readonly bytes: number; readonly isTooLarge: boolean }
  readonly onGo: (step: Step) => void
}

/** Everything in words, with the way back to each part. */
export function ReviewStep({ draft, body, onGo }: Props) {
  const metrics = useMetrics().data
  const lines = useMemo(
    () => linesOf(draft, new Map(metrics?.map((metric) => [metric.key, metric]))),
    [draft, metrics],
  )
  const cautions = cautionsOf(draft)
  return (
    <Stack gap="lg">
      {body.isTooLarge ? (
        <Alert color="red" title="Too large to be created">
          All together it is {formatBytes(body.bytes)}; the server takes {formatBytes(LARGEST_BODY_BYTES)}.
          Make payloads smaller: let them name what is kept elsewhere.
        </Alert>
      ) : null}
      {cautions.length > 0 ? (
        <Alert color="yellow" title="Worth a second thought">
          <ul className={classes.cautions}>
            {cautions.map((caution) => (
              <li key={caution}>{caution}</li>
            ))}
          </ul>
        </Alert>
      ) : null}
      {STEPS.filter((step) => step !== 'review').map((step) => (
        <Section key={step} step={step} lines={lines.filter((line) => line.step === step)} onGo={onGo} />
      ))}
      <Text size="sm" c="dimmed">
        {startInWords(draft)}
      </Text>
    </Stack>
  )
}

interface SectionProps {
  readonly step: Step
  readonly lines: readonly Line[]
  readonly onGo: (step: Step) => void
}

function Section({ step, lines, onGo }: SectionProps) {
  const { short } = STEP_TITLES[step]
  return (
    <section className={classes.section} aria-label={short}>
      <div className={classes.head}>
        <h3 className={classes.title}>{short}</h3>
        <Anchor
          component="button"
          type="button"
          size="sm"
          aria-label={`Change ${short}`}
          onClick={() => onGo(step)}
        >
          Change
        </Anchor>
      </div>
      <dl className={classes.lines}>
        {lines.map(({ label, words }) => (
          <div key={label} className={classes.line}>
            <dt>{label}</dt>
            <dd dir="auto">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
