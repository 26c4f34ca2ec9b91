import { Button, Code, Group, Text } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconArrowLeft, IconMapQuestion } from '@tabler/icons-react'
import { Link, useLocation } from 'wouter'
import { PageTitle } from '../../parts/page-title.tsx'
import { Empty } from '../../parts/states.tsx'

const LONGEST_SHOWN = 120

/** An address that is no page: says so, and where to go. */
export function NotFoundPage() {
  useDocumentTitle('Not found · Helios')
  const [path] = useLocation()
  const shown = path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path
  return (
    <>
      <PageTitle title="There is no such page" />
      <Empty
        icon={IconMapQuestion}
        title="Where to go from here"
        action={
          <Group gap="sm" mt="xs" justify="center">
            <Button component={Link} href="/" leftSection={<IconArrowLeft size={18} aria-hidden />}>
              All experiments
            </Button>
            <Button component={Link} href="/new" variant="default">
              New experiment
            </Button>
          </Group>
        }
      >
        <Text component="p" m={0} style={{ overflowWrap: 'anywhere' }}>
          Nothing is at <Code>{shown}</Code>. An address may have been cut on its way here, or an old link
          points to something that moved. An experiment is at <Code>/experiments/</Code> and its key.
        </Text>
      </Empty>
    </>
  )
}
