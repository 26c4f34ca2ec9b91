import type { Action, Experiment } from '@helios/sdk'
import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useAnalysis } from '../../../api/queries.ts'
import { Confirm } from '../../../parts/confirm.tsx'
import { useCatalogue } from '../use-catalogue.ts'
import { useChange } from '../use-change.ts'
import { useFocusBack } from '../use-focus-back.ts'
import { WhyField } from '../why-field.tsx'
import { ACTION_LOOKS } from './action-looks.ts'
import { actionsOf, cautionsOfShipping, consequencesOf } from './consequences.ts'
import { ShipChoice } from './ship-choice.tsx'

interface Props {
  readonly action: Action
  readonly experiment: Experiment
  readonly onClose: () => void
}

/** What a step does, with real numbers, before it is taken; and why it is taken, for the audit trail. */
export function ActionDialog({ action, experiment, onClose }: Props) {
  useFocusBack()
  const { label, question, done, isFinal } = ACTION_LOOKS[action]
  const analysis = useAnalysis(experiment.key).data
  const catalogue = useCatalogue()
  const change = useChange(experiment)
  const [why, setWhy] = useState('')
  const [ship, setShip] = useState(experiment.control)
  const { sentences, cautions } = consequencesOf(action, experiment, analysis?.sampleRatio.counts)
  const isPossible = actionsOf(experiment.status).includes(action)
  const confirm = () => {
    const body = {
      ...(why.trim() === '' ? {} : { why: why.trim() }),
      ...(action === 'complete' ? { ship } : {}),
    }
    change.mutate({ method: 'POST', step: action, body, done: `${done}.` }, { onSuccess: onClose })
  }
  return (
    <Confirm
      isOpen
      title={
        <>
          {question} “<bdi>{experiment.name}</bdi>”?
        </>
      }
      confirmLabel={label}
      cancelLabel="Go back"
      isDangerous={isFinal && action === 'cancel'}
      isPending={change.isPending}
      isDisabled={!isPossible}
      error={change.error ?? undefined}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <Stack gap="md">
        <Stack gap={6}>
          {sentences.map((sentence) => (
            <Text key={sentence}>{sentence}</Text>
          ))}
        </Stack>
        {action === 'complete' ? (
          <ShipChoice
            experiment={experiment}
            analysis={analysis}
            catalogue={catalogue}
            value={ship}
            onChange={setShip}
          />
        ) : null}
        <Cautions
          cautions={
            action === 'complete' && analysis
              ? cautionsOfShipping(ship, experiment, analysis, catalogue)
              : cautions
          }
        />
        <WhyField value={why} onChange={setWhy} />
      </Stack>
    </Confirm>
  )
}

function Cautions({ cautions }: { readonly cautions: readonly string[] }) {
  return (
    <div aria-live="polite">
      {cautions.length === 0 ? null : (
        <Alert color="yellow" icon={<IconAlertTriangle />} title="Before you do">
          <Stack gap={6}>
            {cautions.map((caution) => (
              <Text key={caution} size="sm" style={{ overflowWrap: 'anywhere' }}>
                {caution}
              </Text>
            ))}
          </Stack>
        </Alert>
      )}
    </div>
  )
}
