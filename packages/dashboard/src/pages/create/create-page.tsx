import { Alert, Button, Group, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { segment } from '../../api/request.ts'
import { PageTitle } from '../../parts/page-title.tsx'
import classes from './create-page.module.css'
import { Footer } from './footer.tsx'
import { forgetDraft } from './kept-draft.ts'
import { LeavingDialog } from './leaving-dialog.tsx'
import { problemsOfRefusal } from './refusals.ts'
import { StepList } from './step-list.tsx'
import { StepBody } from './steps/step-body.tsx'
import { STEP_TITLES } from './steps.ts'
import { Summary } from './summary.tsx'
import { useCreation } from './use-creation.ts'
import { useDraft } from './use-draft.ts'
import { STEP_TITLE_ID, useBody, useWizard } from './use-wizard.ts'

/** From an idea to an experiment, one question at a time; the answers may be given in any order. */
export default function CreatePage() {
  useDocumentTitle('New experiment · Helios')
  const { draft, change, isDirty, wasKept, startOver } = useDraft()
  const [createdKey, setCreatedKey] = useState<string>()
  const wizard = useWizard(draft)
  const body = useBody(draft)
  const creation = useCreation(({ key }) => setCreatedKey(key))
  useArrival(createdKey)

  const { step, shown } = wizard
  const errors = useMemo(
    () => new Map(shown.toReversed().map(({ field, message }) => [field, message])),
    [shown],
  )
  const begin = () => {
    startOver()
    creation.reset()
    wizard.restart()
  }
  const create = (starts: boolean) => {
    // What the server refused before may have been put right elsewhere: it is asked again.
    const [first] = wizard.found
    if (first !== undefined) wizard.goTo(first)
    else {
      creation.mutate(
        { draft, starts },
        { onError: (error) => wizard.refuse(problemsOfRefusal(error, draft)) },
      )
    }
  }
  return (
    <>
      <PageTitle
        title="New experiment"
        lead="Nothing runs before you start it. What you enter stays in this tab."
      />
      {wasKept ? <Continued onStartOver={begin} /> : null}
      <div className={classes.columns}>
        <section className={classes.questions} aria-labelledby={STEP_TITLE_ID}>
          <StepList
            current={step}
            visited={wizard.visited}
            wrong={new Set(shown.map((problem) => problem.step))}
            onGo={wizard.go}
          />
          <Stack gap="lg">
            <Title order={2} size="h3" id={STEP_TITLE_ID} tabIndex={-1} className={classes.title}>
              {STEP_TITLES[step].title}
            </Title>
            <StepBody
              step={step}
              draft={draft}
              change={change}
              errorOf={(field) => errors.get(field)}
              showsProblems={wizard.visited.has(step)}
              body={body}
              onGo={wizard.go}
            />
            <Footer wizard={wizard} creation={creation} isTooLarge={body.isTooLarge} onCreate={create} />
          </Stack>
        </section>
        <Summary draft={useDeferredValue(draft)} bytes={body.bytes} />
      </div>
      <LeavingDialog isDirty={isDirty && createdKey === undefined} onDiscard={forgetDraft} />
    </>
  )
}

/** Goes to the experiment, after the question about leaving is off. */
function useArrival(key: string | undefined): void {
  const [, navigate] = useLocation()
  useEffect(() => {
    if (key === undefined) return
    forgetDraft()
    navigate(`/experiments/${segment(key)}`)
  }, [key, navigate])
}

function Continued({ onStartOver }: { readonly onStartOver: () => void }) {
  return (
    <Alert color="gray" variant="light" mb="md" role="status">
      <Group justify="space-between" gap="sm">
        You go on with what you entered before.
        <Button size="compact-sm" variant="default" onClick={onStartOver}>
          Start over
        </Button>
      </Group>
    </Alert>
  )
}
