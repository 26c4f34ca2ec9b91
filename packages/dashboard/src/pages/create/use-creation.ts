import type { Experiment } from '@helios/sdk'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../api/queries.ts'
import { request, segment } from '../../api/request.ts'
import { messageOf } from '../../parts/states.tsx'
import type { Draft } from './draft.ts'
import { inputOf } from './input.ts'

interface Order {
  readonly draft: Draft
  /** Whether it is started at once. */
  readonly starts: boolean
}

interface Created {
  readonly experiment: Experiment
  /** Why it could not be started; it is a draft then. */
  readonly refusal?: unknown
}

/** Creates the experiment and, when asked, starts it. A refused start leaves the draft, and says so. */
export function useCreation(onCreated: (experiment: Experiment) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: create,
    onSuccess: ({ experiment, refusal }, { starts }) => {
      void client.invalidateQueries({ queryKey: keys.summaries })
      notifications.show(noteOf(experiment, starts, refusal))
      onCreated(experiment)
    },
  })
}

async function create({ draft, starts }: Order): Promise<Created> {
  const experiment = await request<Experiment>('/v1/experiments', { method: 'POST', body: inputOf(draft) })
  if (!starts) return { experiment }
  try {
    const path = `/v1/experiments/${segment(experiment.key)}/start`
    return { experiment: await request<Experiment>(path, { method: 'POST', body: {} }) }
  } catch (refusal) {
    return { experiment, refusal }
  }
}

function noteOf({ name }: Experiment, starts: boolean, refusal: unknown) {
  if (refusal !== undefined) {
    return {
      title: `${name} is a draft, and not started`,
      message: messageOf(refusal),
      color: 'yellow',
      autoClose: false as const,
    }
  }
  return starts
    ? { title: `${name} is running`, message: 'Numbers appear as soon as units meet their variants.' }
    : { title: `${name} is a draft`, message: 'Start it when your code asks for it.' }
}
