import type { Experiment } from '@helios/sdk'
import { Button } from '@mantine/core'
import { IconRocket } from '@tabler/icons-react'
import { Link } from 'wouter'
import { segment } from '../../../api/request.ts'
import { Empty } from '../../../parts/states.tsx'
import { pluralOf } from '../words.ts'

/** A draft has no numbers: what to do to get some. */
export function NotStarted({ experiment: { key, unit } }: { readonly experiment: Experiment }) {
  return (
    <Empty
      icon={IconRocket}
      title="Not started yet"
      action={
        <Button component={Link} href={`/experiments/${segment(key)}/design`} variant="default">
          Look at the design
        </Button>
      }
    >
      A draft assigns nobody. Check its design, then start it: {pluralOf(unit)} are assigned from that moment
      on, and numbers appear here as they arrive.
    </Empty>
  )
}
