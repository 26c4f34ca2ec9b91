import { formatCount, isNumber } from '@helios/charts/format'
import { Button, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { RefusedError, request } from '../../../api/request.ts'
import { Explained } from '../../../parts/explained.tsx'
import { formatShare } from '../../../parts/forms/format-share.ts'
import { Failure } from '../../../parts/states.tsx'
import { type SampleSize, sampleSizeQuestion } from '../sample-size.ts'
import type { StepProps } from '../step-props.ts'
import classes from './size-step.module.css'

/** Until typing rests. */
const PAUSE_MILLISECONDS = 300
/** The effect that is asked for, and what if it were another. */
const FACTORS = [0.5, 1, 2]

/** What the server computes from the fields above. */
export function SizeAnswer({ draft, change }: Pick<StepProps, 'draft' | 'change'>) {
  const { data, error, question, refetch } = useSampleSize(draft, 1)
  if (question === undefined) {
    return (
      <div className={classes.answer}>
        <Text size="sm" c="dimmed">
          Say the value today
          {draft.size.kind === 'mean' ? ', its standard deviation' : ''} and the smallest effect that matters;
          then the number of units stands here. You may also go on without.
        </Text>
      </div>
    )
  }
  if (error instanceof RefusedError) {
    // No alarm: whoever types passes through numbers that cannot be.
    return (
      <div className={classes.answer} role="status">
        <Text size="sm" c="var(--attention)">
          {error.message}
        </Text>
      </div>
    )
  }
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />
  if (data === undefined) {
    return (
      <div className={classes.answer} role="status">
        <Text size="sm" c="dimmed">
          Computing …
        </Text>
      </div>
    )
  }
  const days = isNumber(data.days) ? Math.max(1, Math.ceil(data.days)) : undefined
  return (
    <div className={classes.answer}>
      <div role="status">
        <Explained how={methodOf(data)}>
          <span className={classes.figure}>{formatCount(data.unitsPerVariant)}</span>
        </Explained>{' '}
        units per variant
        <Text size="sm" c="dimmed">
          {formatCount(data.units)} in all{days === undefined ? '' : `, about ${daysInWords(days)}`}.
        </Text>
      </div>
      <table className={classes.table}>
        <caption className="visually-hidden">Units that other effects would need</caption>
        <thead>
          <tr>
            <th scope="col">If the true effect were</th>
            <th scope="col">Units per variant</th>
            <th scope="col">Days</th>
          </tr>
        </thead>
        <tbody>
          {FACTORS.map((factor) => (
            <Alternative key={factor} draft={draft} factor={factor} />
          ))}
        </tbody>
      </table>
      <Group mt="sm">
        <Button
          size="xs"
          variant="light"
          onClick={() =>
            change({
              minimumSample: data.unitsPerVariant,
              ...(days === undefined ? {} : { maximumDurationDays: days }),
            })
          }
        >
          Use these numbers below
        </Button>
      </Group>
    </div>
  )
}

function Alternative({ draft, factor }: { readonly draft: StepProps['draft']; readonly factor: number }) {
  const { data } = useSampleSize(draft, factor)
  const effect = Number(draft.size.effectPercent) / 100
  return (
    <tr data-given={factor === 1 || undefined}>
      <th scope="row">{formatShare(effect * factor)}</th>
      <td>{formatCount(data?.unitsPerVariant)}</td>
      <td>{isNumber(data?.days) ? formatCount(Math.max(1, Math.ceil(data.days))) : '–'}</td>
    </tr>
  )
}

function useSampleSize(draft: StepProps['draft'], factor: number) {
  const now = sampleSizeQuestion(draft, factor)?.toString()
  const [question] = useDebouncedValue(now, PAUSE_MILLISECONDS, { leading: true })
  const { data, error, refetch } = useQuery({
    queryKey: ['sample-size', question],
    queryFn: () => request<SampleSize>(`/v1/sample-size?${question}`),
    enabled: question !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  return { data, error, refetch, question: now }
}

function methodOf({ method, correction }: SampleSize): string {
  const { comparisons } = correction
  return comparisons > 1
    ? `Method: ${method}; the error rate is divided by the ${comparisons} comparisons with the control (Bonferroni).`
    : `Method: ${method}.`
}

function daysInWords(days: number): string {
  return days === 1 ? '1 day' : `${formatCount(days)} days`
}
