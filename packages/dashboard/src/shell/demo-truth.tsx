import { formatCount } from '@helios/charts/format'
import { Anchor, Modal, Paper, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import { useDemo } from './demo.ts'
import { useOpenAfterMount } from './use-open-after-mount.ts'

interface Props {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What the simulated visitors were made with, so that everybody can check what Helios says. */
export default function DemoTruth({ isOpen, onClose }: Props) {
  const { data: demo } = useDemo()
  const refused = demo?.refused
  return (
    <Modal
      opened={useOpenAfterMount(isOpen)}
      onClose={onClose}
      size="lg"
      radius="lg"
      title="What is true"
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontWeight: 650, fontSize: 18 } }}
    >
      <Stack gap="sm">
        <Text>
          No person is behind this traffic. Its visitors are made by these rules, which Helios does not know:
          look what it says of each experiment, and compare.
        </Text>
        {demo?.scenarios.map(({ experiment, truth }) => (
          <Paper key={experiment} withBorder radius="md" p="md" style={{ overflowWrap: 'anywhere' }}>
            <Anchor
              component={Link}
              href={`/experiments/${encodeURIComponent(experiment)}`}
              fw={600}
              underline="always"
              onClick={onClose}
            >
              {experiment}
            </Anchor>
            <Text mt={4} style={{ whiteSpace: 'pre-line' }}>
              {truth}
            </Text>
          </Paper>
        ))}
        {refused && refused.events + refused.requests > 0 ? (
          <Text size="sm" c="dimmed">
            Not taken so far: {formatCount(refused.events)} events and {formatCount(refused.requests)}{' '}
            requests, as when an experiment ends while visitors are on their way.
          </Text>
        ) : null}
      </Stack>
    </Modal>
  )
}
