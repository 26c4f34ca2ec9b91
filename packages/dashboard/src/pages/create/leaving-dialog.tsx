import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useLeaving } from './use-leaving.ts'

interface Props {
  readonly isDirty: boolean
  readonly onDiscard: () => void
}

/** Leaving before the experiment is created: keep what was entered, throw it away, or stay. */
export function LeavingDialog({ isDirty, onDiscard }: Props) {
  const leaving = useLeaving(isDirty)
  return (
    <Modal
      opened={leaving !== undefined}
      onClose={() => leaving?.stay()}
      title="Leave without creating the experiment?"
      centered
      radius="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 18 } }}
    >
      <Stack gap="md">
        <Text>Nothing is created yet. What you entered can stay in this tab until you come back.</Text>
        <Group justify="flex-end" gap="sm">
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              onDiscard()
              leaving?.leave()
            }}
          >
            Discard and leave
          </Button>
          <Button variant="default" onClick={() => leaving?.leave()}>
            Keep and leave
          </Button>
          <Button data-autofocus onClick={() => leaving?.stay()}>
            Stay
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
