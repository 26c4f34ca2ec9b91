import type { Action, Experiment } from '@helios/sdk'
import { useState } from 'react'
import { ChangeButton } from '../../../parts/change-button.tsx'
import { ActionDialog } from './action-dialog.tsx'
import { ACTION_LOOKS } from './action-looks.ts'
import { actionsOf } from './consequences.ts'

/** The steps that the experiment can take now; each says what it does before it is taken. */
export function LifeCycleButtons({ experiment }: { readonly experiment: Experiment }) {
  const [action, setAction] = useState<Action>()
  return (
    <>
      {actionsOf(experiment.status).map((each, index) => {
        const { label, icon: Icon } = ACTION_LOOKS[each]
        return (
          <ChangeButton
            key={each}
            variant={index === 0 ? 'filled' : 'default'}
            leftSection={<Icon size={17} aria-hidden />}
            onClick={() => setAction(each)}
          >
            {label}
          </ChangeButton>
        )
      })}
      {action === undefined ? null : (
        <ActionDialog
          key={action}
          action={action}
          experiment={experiment}
          onClose={() => setAction(undefined)}
        />
      )}
    </>
  )
}
