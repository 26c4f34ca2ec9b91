import { Text } from '@mantine/core'
import { Confirm } from '../../../parts/confirm.tsx'
import { useFocusBack } from '../use-focus-back.ts'

interface Props {
  readonly onLeave: () => void
  readonly onStay: () => void
}

/** Asked before what was typed is lost. */
export function LeaveQuestion({ onLeave, onStay }: Props) {
  useFocusBack()
  return (
    <Confirm
      isOpen
      title="Discard what you changed?"
      confirmLabel="Discard changes"
      cancelLabel="Keep editing"
      isDangerous
      onConfirm={onLeave}
      onCancel={onStay}
    >
      <Text>Nothing was saved yet.</Text>
    </Confirm>
  )
}
