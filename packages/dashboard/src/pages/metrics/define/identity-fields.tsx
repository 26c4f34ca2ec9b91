import { Input, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { DIRECTION_WORDS } from '../kind-words.ts'
import type { FormPart } from './fields.ts'
import { keyFromName } from './key-from-name.ts'

/** What the metric is called, and which way is better. */
export function IdentityFields({ draft, problems, set }: FormPart) {
  const rename = (name: string) => {
    // The key follows the name until somebody writes one.
    const follows = draft.key === keyFromName(draft.name)
    set(follows ? { name, key: keyFromName(name) } : { name })
  }
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        placeholder="Order value"
        data-autofocus
        dir="auto"
        maxLength={200}
        value={draft.name}
        error={problems.name}
        onChange={(event) => rename(event.currentTarget.value)}
      />
      <TextInput
        label="Key"
        description="How programs call it; it cannot be changed later."
        placeholder="order_value"
        required
        spellCheck={false}
        autoCapitalize="none"
        value={draft.key}
        error={problems.key}
        onChange={(event) => set({ key: event.currentTarget.value.trim() })}
      />
      <Textarea
        label="Description"
        placeholder="What it stands for, and why it matters"
        dir="auto"
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={draft.description}
        error={problems.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Input.Wrapper label="Direction" labelElement="div" id="metric-direction">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label="Direction"
          data={Object.entries(DIRECTION_WORDS).map(([value, label]) => ({ value, label }))}
          value={draft.direction}
          onChange={(direction) => set({ direction: direction as typeof draft.direction })}
        />
      </Input.Wrapper>
    </Stack>
  )
}
