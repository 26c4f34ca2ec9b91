import { Anchor, Box, Text } from '@mantine/core'
import { Link } from 'wouter'
import { decideLines, observeLines, prometheusLines, sdkLines } from '../../lib/first-lines.ts'
import { Examples } from '../../parts/examples.tsx'
import { Snippet } from '../../parts/snippet.tsx'
import { SettingsCard } from './card.tsx'

/** Where programs find this server, and the first lines to say. */
export function ConnectCard() {
  const url = location.origin
  const examples = [
    { name: 'sdk', code: sdkLines(url) },
    { name: 'curl: decide', code: decideLines(url) },
    { name: 'curl: observe', code: observeLines(url) },
    { name: 'Prometheus', code: prometheusLines(location.host) },
  ]
  return (
    <SettingsCard title="Connect" lead="Programs reach the API at this address, with a key of their own.">
      <Snippet label="Address of the API" code={url} wraps />
      <Box mt="md">
        <Examples examples={examples} />
      </Box>
      <Text size="sm" c="dimmed" mt="sm">
        Put a key in the place of hel_… or into HELIOS_KEY; make one under{' '}
        <Anchor component={Link} href="/keys" inherit underline="always">
          API keys
        </Anchor>
        .
      </Text>
    </SettingsCard>
  )
}
