import { Anchor, Button, Stack, Title } from '@mantine/core'
import { IconFlaskOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useSummaries } from '../../api/queries.ts'
import { segment } from '../../api/request.ts'
import { Empty } from '../../parts/states.tsx'
import { nearest } from './nearest.ts'

/** No experiment has this key: says so, and names what may have been meant. */
export function UnknownExperiment({ experimentKey }: { readonly experimentKey: string }) {
  const { data: summaries = [] } = useSummaries()
  const similar = nearest(
    experimentKey,
    summaries.map(({ key }) => key),
  )
  return (
    <>
      <Title order={1} className="visually-hidden">
        Experiment not found
      </Title>
      <Empty
        icon={IconFlaskOff}
        title="There is no such experiment"
        action={
          <Button component={Link} href="/" variant="default">
            See all experiments
          </Button>
        }
      >
        <Stack gap="xs" style={{ overflowWrap: 'anywhere' }}>
          <span>
            Nothing has the key “<bdi>{experimentKey}</bdi>” on this server. The address may be misspelt, or
            belong to another server.
          </span>
          {similar === undefined ? null : (
            <span>
              Did you mean{' '}
              <Anchor component={Link} href={`/experiments/${segment(similar)}`} underline="always">
                {similar}
              </Anchor>
              ?
            </span>
          )}
        </Stack>
      </Empty>
    </>
  )
}
