import { Box, Stack, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { Snippet } from '../../parts/snippet.tsx'
import { Empty } from '../../parts/states.tsx'
import { NewExperiment } from './new-experiment.tsx'

/** A store without experiments: what one is, and the way to the first. */
export function FirstSteps() {
  return (
    <Empty icon={IconFlask} title="No experiments yet" action={<NewExperiment label="Create the first" />}>
      <Stack gap="md">
        <Text inherit>
          An experiment gives each of your users, conversations or places one of several variants by chance,
          records what they then do, and says which variant is better and how sure that is.
        </Text>
        <Text inherit>Once it runs, three lines ask for the variant and say what happened:</Text>
        <Box ta="start">
          <Snippet label="Three lines for your code" code={snippetFor(location.origin)} wraps />
        </Box>
        <Text inherit size="sm">
          The key comes from the page API keys; it needs the scopes decide and ingest.
        </Text>
      </Stack>
    </Empty>
  )
}

function snippetFor(url: string): string {
  return [
    `import { createClient } from '@helios/sdk'`,
    '',
    `const helios = createClient({ url: '${url}', key: 'hel_…' })`,
    `const { payload } = helios.use('greeting', { unit: 'user-42', fallback: 'Hello.' })`,
    `helios.observe({ unit: 'user-42', metric: 'satisfaction_rating', value: 0.9 })`,
  ].join('\n')
}
