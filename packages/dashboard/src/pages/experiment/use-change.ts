import type { Experiment } from '@helios/sdk'
import { notifications } from '@mantine/notifications'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../api/queries.ts'
import { RefusedError, type RequestOptions, request, segment } from '../../api/request.ts'

export interface Change {
  readonly method: NonNullable<RequestOptions['method']>
  /** Step of the life cycle; the document itself when absent. */
  readonly step?: string
  readonly body: Readonly<Record<string, unknown>>
  /** What is told once it is done. */
  readonly done: string
}

/** Somebody else was quicker: what the change was decided upon is no longer so. */
export class ConflictError extends Error {
  /** The experiment as it is now, where it could be loaded. */
  readonly present: Experiment | undefined

  constructor(present: Experiment | undefined) {
    super(
      'Somebody else changed this experiment meanwhile, so nothing was changed by you. It was loaded again: look at how it stands now, and decide anew.',
    )
    this.name = 'ConflictError'
    this.present = present
  }
}

/** Changes the version of the experiment that was read, or fails with ConflictError. */
export function useChange({ key, version }: Experiment): UseMutationResult<Experiment, Error, Change> {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ method, step, body }) => {
      const path = `/v1/experiments/${segment(key)}${step === undefined ? '' : `/${step}`}`
      try {
        return await request<Experiment>(path, { method, body, version })
      } catch (error) {
        if (!(error instanceof RefusedError) || error.code !== 'HEL_VERSION_CONFLICT') throw error
        const document = [...keys.experiment(key), 'document']
        await client.refetchQueries({ queryKey: document })
        throw new ConflictError(client.getQueryData<Experiment>(document))
      }
    },
    onSuccess: (experiment, { done }) => {
      client.setQueryData([...keys.experiment(key), 'document'], experiment)
      void client.invalidateQueries({ queryKey: keys.experiment(key) })
      void client.invalidateQueries({ queryKey: keys.summaries })
      notifications.show({ message: done, color: 'teal' })
    },
  })
}
