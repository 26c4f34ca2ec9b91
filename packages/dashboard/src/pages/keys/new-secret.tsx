import type { ApiKey, Scope } from '@helios/sdk'
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { decideLines, observeLines, readLines, sdkLines } from '../../lib/first-lines.ts'
import { type Example, Examples } from '../../parts/examples.tsx'
import { Snippet } from '../../parts/snippet.tsx'
import { allows } from './scope-words.ts'

interface Props {
  readonly apiKey: ApiKey
  readonly secret: string
  readonly onDone: () => void
}

/** The secret, and what to paste where. */
export function NewSecret({ apiKey, secret, onDone }: Props) {
  const examples = examplesFor(apiKey.scopes, secret)
  return (
    <Stack gap="md">
      <Alert
        color="yellow"
        icon={<IconAlertTriangle aria-hidden />}
        title="You see it only now"
        role="status"
      >
        Only a fingerprint of it is kept, so nobody can show it again. Copy it to where your program reads its
        secrets. If it is lost, revoke it and create another.
      </Alert>
      <Snippet label="Secret of the new key" code={secret} wraps />
      <div>
        <Text fw={600} mb={4}>
          Ready to paste
        </Text>
        <Examples examples={examples} />
      </div>
      <Group justify="flex-end">
        <Button onClick={onDone}>I have copied it</Button>
      </Group>
    </Stack>
  )
}

/** Only what the key may do. */
function examplesFor(scopes: readonly Scope[], secret: string): Example[] {
  const url = location.origin
  const canDecide = allows(scopes, 'decide')
  const canIngest = allows(scopes, 'ingest')
  return [
    ...(canDecide && canIngest ? [{ name: 'sdk', code: sdkLines(url, secret) }] : []),
    ...(canDecide ? [{ name: 'curl: decide', code: decideLines(url, secret) }] : []),
    ...(canIngest ? [{ name: 'curl: observe', code: observeLines(url, secret) }] : []),
    ...(allows(scopes, 'read') ? [{ name: 'curl: read', code: readLines(url, secret) }] : []),
  ]
}
