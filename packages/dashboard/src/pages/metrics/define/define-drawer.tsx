import type { Metric } from '@helios/sdk'
import { Alert, Button, Divider, Drawer, Group, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { keys } from '../../../api/queries.ts'
import { request } from '../../../api/request.ts'
import { messageOf } from '../../../parts/states.tsx'
import { metricInWords } from '../metric-in-words.ts'
import { ComputationFields } from './computation-fields.tsx'
import classes from './define.module.css'
import { IdentityFields } from './identity-fields.tsx'
import { KindPicker } from './kind-picker.tsx'
import { LimitFields } from './limit-fields.tsx'
import { EMPTY_DRAFT, inputOf, type MetricDraft, previewOf } from './metric-draft.ts'
import { problemsOf, problemsOfRefusal } from './metric-problems.ts'

interface Props {
  readonly isOpen: boolean
  readonly metrics: readonly Metric[]
  readonly onClose: () => void
}

/** Makes a metric; what was typed stays when the drawer is closed by mistake. */
export function DefineDrawer({ isOpen, metrics, onClose }: Props) {
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const define = useDefinition((metric) => {
    setDraft(EMPTY_DRAFT)
    onClose()
    notifications.show({
      color: 'green',
      title: `${metric.name} is defined`,
      message: 'Choose it in an experiment; outcomes are taken from now on.',
    })
  })
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={640}
      title="Define a metric"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 20 } }}
    >
      <MetricForm draft={draft} onChange={setDraft} metrics={metrics} define={define} />
    </Drawer>
  )
}

function useDefinition(onDefined: (metric: Metric) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draft: MetricDraft) =>
      request<Metric>('/v1/metrics', { method: 'POST', body: inputOf(draft) }),
    onSuccess: (metric) => {
      client.setQueryData<readonly Metric[]>(keys.metrics, (known) => known && [...known, metric])
      void client.invalidateQueries({ queryKey: keys.metrics })
      onDefined(metric)
    },
  })
}

interface FormProps {
  readonly draft: MetricDraft
  readonly onChange: (draft: MetricDraft) => void
  readonly metrics: readonly Metric[]
  readonly define: ReturnType<typeof useDefinition>
}

function MetricForm({ draft, onChange, metrics, define }: FormProps) {
  const [isChecked, setChecked] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const own = problemsOf(draft)
  const refused = problemsOfRefusal(define.error, draft)
  const problems = { ...(isChecked ? own : {}), ...refused }
  const isElsewhere = define.isError && Object.keys(refused).length === 0

  const set = (change: Partial<MetricDraft>) => {
    if (define.isError) define.reset()
    onChange({ ...draft, ...change })
  }
  const focusFirstProblem = () => {
    const first = () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    requestAnimationFrame(() => first()?.focus())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(own).length === 0) define.mutate(draft, { onError: focusFirstProblem })
    else focusFirstProblem()
  }
  const part = { draft, problems, set, metrics }
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="lg">
        <IdentityFields {...part} />
        <KindPicker value={draft.kind} onChange={(kind) => set({ kind })} />
        <ComputationFields {...part} />
        <Divider label="Only when needed" labelPosition="left" />
        <LimitFields {...part} />
        <TextInput
          label="Why"
          description="Kept in the audit log with your name."
          dir="auto"
          maxLength={1000}
          value={draft.why}
          error={problems.why}
          onChange={(event) => set({ why: event.currentTarget.value })}
        />
      </Stack>
      <div className={classes.preview}>
        <Text size="sm" className={classes.sentence} aria-live="polite">
          {metricInWords(previewOf(draft))}.
        </Text>
        {isElsewhere ? (
          <Alert color="red" role="alert" style={{ whiteSpace: 'pre-line' }}>
            {messageOf(define.error)}
          </Alert>
        ) : null}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            A definition cannot be changed later.
          </Text>
          <Button type="submit" loading={define.isPending}>
            Define metric
          </Button>
        </Group>
      </div>
    </form>
  )
}
