import { type ChartTheme, detectableEffect, powerByUnits } from '@helios/charts'
import type { PowerReport } from '@helios/sdk'
import { Button, Skeleton, Text, Title } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { RefusedError } from '../../api/request.ts'
import { Chart } from '../../parts/chart.tsx'
import { Explained } from '../../parts/explained.tsx'
import { Failure } from '../../parts/states.tsx'
import { keepDraft, keptDraft } from '../create/kept-draft.ts'
import { Alternatives } from './alternatives.tsx'
import { costsOf, effectStyle, headlineOf } from './answer-words.ts'
import { draftWith } from './hand-over.ts'
import classes from './power.module.css'
import type { PowerDraft } from './power-draft.ts'
import { refusalInWords } from './refusal-words.ts'
import { usePower } from './use-power.ts'

/** What the server computes from the question, while it is typed. */
export function PowerAnswer({ draft }: { readonly draft: PowerDraft }) {
  const { data, error, isAsked, refetch } = usePower(draft)
  if (!isAsked) {
    return <Hint text="Fill in what is empty; then the answer stands here." />
  }
  // No alarm: whoever types passes through numbers that cannot be.
  if (error instanceof RefusedError) return <Hint text={refusalInWords(error.message)} isAttention />
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton height={420} radius="lg" role="status" aria-label="Computing" />
  return <Answered draft={draft} report={data} />
}

function Hint({ text, isAttention = false }: { readonly text: string; readonly isAttention?: boolean }) {
  return (
    <section className={classes.card} aria-label="Answer">
      <Text role="status" c={isAttention ? 'var(--attention)' : 'dimmed'}>
        {text}
      </Text>
    </section>
  )
}

interface Props {
  readonly draft: PowerDraft
  readonly report: PowerReport
}

function Answered({ draft, report }: Props) {
  const { answer } = report
  const { figure, unit, rest } = headlineOf(draft, answer)
  const style = effectStyle(draft)
  const makePower = useCallback((theme: ChartTheme) => powerByUnits({ report, theme }), [report])
  const makeEffect = useCallback(
    (theme: ChartTheme) => detectableEffect({ report, style, theme }),
    [report, style],
  )
  return (
    <div className={classes.answers}>
      <section className={classes.card} aria-label="Answer">
        <div role="status">
          <Explained how={`Method: ${answer.method}.`}>
            <span className={classes.figure}>{figure}</span>
          </Explained>{' '}
          <span className={classes.unit}>{unit}</span>
          <Text mt={4}>{rest}</Text>
          {costsOf(answer).map((cost) => (
            <Text key={cost} size="sm" c="dimmed" mt={6}>
              {cost}
            </Text>
          ))}
        </div>
        <Alternatives draft={draft} report={report} />
        <UseIt draft={draft} report={report} />
      </section>
      <section className={classes.card} aria-label="Power by units">
        <Title order={2} size="h4">
          Power by units
        </Title>
        <Chart make={makePower} label="Power by units per variant" />
      </section>
      <section className={classes.card} aria-label="Detectable effect">
        <Title order={2} size="h4">
          What can be found as time goes
        </Title>
        <Chart make={makeEffect} label="Smallest detectable effect" />
      </section>
    </div>
  )
}

/** To the wizard, with these numbers in its draft. */
function UseIt({ draft, report }: Props) {
  const [, navigate] = useLocation()
  const use = () => {
    keepDraft(draftWith(draft, report.answer, keptDraft()))
    navigate('/new')
  }
  return (
    <Button mt="md" variant="light" leftSection={<IconFlask size={18} aria-hidden />} onClick={use}>
      Use in a new experiment
    </Button>
  )
}
