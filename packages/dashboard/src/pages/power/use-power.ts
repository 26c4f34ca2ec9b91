import type { PowerReport } from '@helios/sdk'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { request } from '../../api/request.ts'
import { type PowerDraft, questionOf } from './power-draft.ts'

/** Until typing rests. */
const PAUSE_MILLISECONDS = 300

/** What the server answers to the question as it is typed; `isAsked` while nothing is missing. */
export function usePower(draft: PowerDraft) {
  const question = questionOf(draft)
  const now = question === undefined ? undefined : JSON.stringify(question)
  const [body] = useDebouncedValue(now, PAUSE_MILLISECONDS, { leading: true })
  const query = useQuery({
    queryKey: ['power', body],
    queryFn: () => request<PowerReport>('/v1/power', { method: 'POST', body: JSON.parse(body as string) }),
    enabled: body !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  return { ...query, isAsked: question !== undefined }
}
