import { Autocomplete, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { keyFromName } from '../draft.ts'
import type { StepProps } from '../step-props.ts'

const UNITS = ['user', 'conversation', 'location', 'device', 'account']

/** Name, key, hypothesis, kind of unit, tags. */
export function IdeaStep({ draft, change, errorOf }: StepProps) {
  return (
    <Stack gap="md">
      <TextInput
        id="name"
        label="Name"
        description="What people call it."
        placeholder="Greeting tone"
        dir="auto"
        value={draft.name}
        error={errorOf('name')}
        onChange={(event) => {
          const name = event.currentTarget.value
          change(({ isKeyOwn }) => (isKeyOwn ? { name } : { name, key: keyFromName(name) }))
        }}
      />
      <TextInput
        id="key"
        label="Key"
        withAsterisk
        required
        description="The name by which your code asks for it. It never changes."
        placeholder="greeting-tone"
        dir="ltr"
        spellCheck={false}
        value={draft.key}
        error={errorOf('key')}
        onChange={(event) => {
          const key = event.currentTarget.value
          change({ key, isKeyOwn: key !== '' })
        }}
      />
      <Textarea
        id="hypothesis"
        label="Hypothesis"
        description="What you expect, for whom and why. Written before, it keeps the result honest after."
        placeholder="A warm greeting makes people rate the conversation higher, because …"
        rows={4}
        dir="auto"
        value={draft.hypothesis}
        error={errorOf('hypothesis')}
        onChange={(event) => change({ hypothesis: event.currentTarget.value })}
        styles={{ input: { resize: 'vertical' } }}
      />
      <Autocomplete
        id="unit"
        label="Unit"
        description="What gets a variant and is counted once. With users, a person always meets the same variant; with conversations, each may differ."
        data={UNITS}
        value={draft.unit}
        error={errorOf('unit')}
        onChange={(unit) => change({ unit })}
      />
      <TagsInput
        id="tags"
        label="Tags"
        description="Words to find it by, Enter after each."
        value={[...draft.tags]}
        error={errorOf('tags')}
        onChange={(tags) => change({ tags: tags.map((tag) => tag.toLowerCase()) })}
      />
    </Stack>
  )
}
