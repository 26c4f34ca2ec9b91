import { Alert, Anchor, Button, Group, Stack } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { ChangeButton } from '../../parts/change-button.tsx'
import { Failure } from '../../parts/states.tsx'
import classes from './create-page.module.css'
import { STEP_TITLES, stepAfter } from './steps.ts'
import type { Wizard } from './use-wizard.ts'

interface Props {
  readonly wizard: Wizard
  readonly creation: { readonly isPending: boolean; readonly error: unknown }
  readonly isTooLarge: boolean
  readonly onCreate: (starts: boolean) => void
}

/** What is wrong here, and the way back and on. */
export function Footer({ wizard, creation, isTooLarge, onCreate }: Props) {
  const { step, go, leave } = wizard
  return (
    <Stack gap="md">
      <Problems wizard={wizard} />
      {step === 'review' && creation.error !== null ? <Failure error={creation.error} /> : null}
      <Group justify="space-between" gap="sm">
        {step === 'idea' ? (
          <span />
        ) : (
          <Button
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
            onClick={() => go(stepAfter(step, -1))}
          >
            Back
          </Button>
        )}
        {step === 'review' ? (
          <Group gap="sm">
            <ChangeButton
              variant="default"
              loading={creation.isPending}
              whyNot={isTooLarge ? 'It is too large: make payloads smaller.' : undefined}
              onClick={() => onCreate(false)}
            >
              Create draft
            </ChangeButton>
            <ChangeButton
              loading={creation.isPending}
              whyNot={isTooLarge ? 'It is too large: make payloads smaller.' : undefined}
              onClick={() => onCreate(true)}
            >
              Create and start
            </ChangeButton>
          </Group>
        ) : (
          <Button
            rightSection={<IconArrowRight size={16} aria-hidden />}
            onClick={() => leave(stepAfter(step, 1))}
          >
            Next: {STEP_TITLES[stepAfter(step, 1)].short}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** More would only frighten. */
const MOST_NAMED = 8

/** On its own step each problem; on the last one those of all steps. */
function Problems({ wizard }: Pick<Props, 'wizard'>) {
  const { step, shown, goTo } = wizard
  const problems = shown.filter((problem) => step === 'review' || problem.step === step)
  if (problems.length === 0) return null
  const count = problems.length
  return (
    <Alert
      color="red"
      role="alert"
      title={count === 1 ? 'One thing to put right' : `${count} things to put right`}
    >
      <ul className={classes.problems}>
        {problems.slice(0, MOST_NAMED).map((problem) => (
          <li key={`${problem.field} ${problem.message}`}>
            <Anchor component="button" type="button" size="sm" ta="start" onClick={() => goTo(problem)}>
              {STEP_TITLES[problem.step].short}: {problem.message}
            </Anchor>
          </li>
        ))}
        {count > MOST_NAMED ? <li>and {count - MOST_NAMED} more</li> : null}
      </ul>
    </Alert>
  )
}
