import { Alert, Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { messageOf } from './states.tsx'

interface Props {
  readonly isOpen: boolean
  /** A question or what is about to be done: "Pause Greeting?". */
  readonly title: ReactNode
  /** What will happen, in words; fields such as the reason may stand here too. */
  readonly children: ReactNode
  /** The verb on the button: "Pause", never "OK". */
  readonly confirmLabel: string
  readonly cancelLabel?: string
  /** Whether something is lost or cannot be taken back. */
  readonly isDangerous?: boolean
  readonly isPending?: boolean
  readonly isDisabled?: boolean
  /** Why the last attempt was refused. */
  readonly error?: unknown
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Says what a step does before it is taken; Escape and the cross leave everything as it was. */
export function Confirm(props: Props) {
  const { isOpen, title, children, confirmLabel, cancelLabel = 'Cancel', onConfirm, onCancel } = props
  const { isDangerous = false, isPending = false, isDisabled = false, error } = props
  return (
    <Modal
      opened={isOpen}
      onClose={onCancel}
      title={title}
      centered
      radius="lg"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 18, overflowWrap: 'anywhere', minWidth: 0 } }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onConfirm()
        }}
      >
        <Stack gap="md">
          <div>{children}</div>
          {error === undefined || error === null ? null : (
            <Alert color="red" role="alert" style={{ whiteSpace: 'pre-line' }}>
              {messageOf(error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onCancel}>
              {cancelLabel}
            </Button>
            <Button
              type="submit"
              color={isDangerous ? 'red' : 'ember'}
              loading={isPending}
              disabled={isDisabled}
            >
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
