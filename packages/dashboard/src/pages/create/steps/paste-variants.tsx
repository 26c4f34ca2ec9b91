import { Button, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../../../parts/confirm.tsx'
import { variantsFromLines, withPasted } from '../pasted-variants.ts'
import type { StepProps } from '../step-props.ts'

/** Many variants at once, from a spreadsheet or a list. */
export function PasteVariants({ change }: Pick<StepProps, 'change'>) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const count = isOpen ? variantsFromLines(text).length : 0
  const close = () => {
    setOpen(false)
    setText('')
  }
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setOpen(true)}>
        Paste many
      </Button>
      <Confirm
        isOpen={isOpen}
        title="Paste variants"
        confirmLabel={`Add ${count} ${count === 1 ? 'variant' : 'variants'}`}
        isDisabled={count === 0}
        onCancel={close}
        onConfirm={() => {
          change((draft) => withPasted(draft, text))
          close()
        }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          One variant a line, or rows of a spreadsheet with the columns key, name and payload.
        </Text>
        <Textarea
          label="Variants"
          rows={8}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
      </Confirm>
    </>
  )
}
