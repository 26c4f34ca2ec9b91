import { Tabs } from '@mantine/core'
import { Snippet } from './snippet.tsx'

export interface Example {
  readonly name: string
  readonly code: string
}

/** Texts to paste, one at a time. */
export function Examples({ examples }: { readonly examples: readonly Example[] }) {
  return (
    <Tabs defaultValue={examples[0]?.name ?? ''} keepMounted={false}>
      <Tabs.List mb="sm">
        {examples.map(({ name }) => (
          <Tabs.Tab key={name} value={name}>
            {name}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {examples.map(({ name, code }) => (
        <Tabs.Panel key={name} value={name}>
          <Snippet label={`Example: ${name}`} code={code} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
