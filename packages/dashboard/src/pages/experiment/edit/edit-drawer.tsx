import type { Experiment } from '@helios/sdk'
import { Alert, Button, Drawer, Group } from '@mantine/core'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { useCatalogue } from '../use-catalogue.ts'
import { ConflictError, useChange } from '../use-change.ts'
import { useFocusBack } from '../use-focus-back.ts'
import { WhyField } from '../why-field.tsx'
import { draftOf, editOf, rebased } from './draft.ts'
import classes from './edit.module.css'
import { EditFields } from './edit-fields.tsx'
import { LeaveQuestion } from './leave-question.tsx'
import { previewOf } from './preview.ts'
import { problemsOf } from './problems.ts'
import { Effects, Refused } from './saving.tsx'

/** What the server takes as one request. */
const LARGEST_BODY_BYTES = 1_048_576

interface Props {
  readonly experiment: Experiment
  readonly focus: 'dimensions' | undefined
  readonly onClose: () => void
}

/** The form for what may be changed now; says what saving does before it is saved. */
export default function EditDrawer({ experiment, focus, onClose }: Props) {
  useFocusBack()
  // The version that the form began with: what others change meanwhile must not slip into what is saved.
  const [base, setBase] = useState(experiment)
  const [draft, setDraft] = useState(() => draftOf(experiment))
  const [why, setWhy] = useState('')
  const [showsProblems, setShowsProblems] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const catalogue = useCatalogue()
  const change = useChange(base)
  const edit = useMemo(() => editOf(draft, base), [draft, base])
  const problems = useMemo(() => problemsOf(draft, base), [draft, base])
  const preview = useMemo(() => previewOf(edit, base, catalogue), [edit, base, catalogue])
  const isUntouched = Object.keys(edit).length === 0 && problems.size === 0
  const isTooLarge = useMemo(() => bytesOf(edit) > LARGEST_BODY_BYTES, [edit])

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (problems.size > 0) {
      setShowsProblems(true)
      // Once the problems stand there, the first of them is where to go on.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    const body = { ...edit, ...(why.trim() === '' ? {} : { why: why.trim() }) }
    change.mutate(
      { method: 'PATCH', body, done: 'Saved.' },
      {
        onSuccess: onClose,
        onError: (error) => {
          if (!(error instanceof ConflictError) || error.present === undefined) return
          setDraft(rebased(draft, base, error.present))
          setBase(error.present)
        },
      },
    )
  }
  const close = () => (isUntouched ? onClose() : setLeaving(true))

  return (
    <Drawer
      opened
      onClose={close}
      closeOnEscape={!isLeaving}
      position="right"
      size={640}
      title={
        <>
          Edit “<bdi>{base.name}</bdi>”
        </>
      }
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 19, overflowWrap: 'anywhere', minWidth: 0 } }}
    >
      <form ref={form} onSubmit={save} noValidate>
        <EditFields
          draft={draft}
          experiment={base}
          problems={problems}
          showsProblems={showsProblems}
          focus={focus}
          onChange={setDraft}
        />
        <div className={classes.end}>
          <Effects preview={preview} isUntouched={isUntouched} />
          <WhyField value={why} onChange={setWhy} />
        </div>
        <div className={classes.actions}>
          {change.error ? <Refused error={change.error} /> : null}
          {showsProblems && problems.size > 0 ? (
            <Alert color="red" role="alert">
              {problems.size === 1
                ? 'One field is not right yet.'
                : `${problems.size} fields are not right yet.`}
            </Alert>
          ) : null}
          {isTooLarge ? (
            <Alert color="red" role="alert">
              This is more than the server takes at once (1 MiB). Shorten the payloads.
            </Alert>
          ) : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Discard
            </Button>
            <Button type="submit" loading={change.isPending} disabled={isUntouched || isTooLarge}>
              Save changes
            </Button>
          </Group>
        </div>
      </form>
      {/* Mounted with the question: one already there would be closed by the Escape that asks it. */}
      {isLeaving ? <LeaveQuestion onLeave={onClose} onStay={() => setLeaving(false)} /> : null}
    </Drawer>
  )
}

function bytesOf(edit: Readonly<Record<string, unknown>>): number {
  return new TextEncoder().encode(JSON.stringify(edit)).length
}
