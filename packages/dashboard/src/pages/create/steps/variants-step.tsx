import { SegmentedControl, Stack, Text } from '@mantine/core'
import type { Draft } from '../draft.ts'
import type { StepProps } from '../step-props.ts'
import { FactorList } from './factor-list.tsx'
import { VariantList } from './variant-list.tsx'

const DESIGNS = [
  { value: 'variants', label: 'A list of variants' },
  { value: 'factors', label: 'Combinations of factors' },
]

/** Variants one by one, or several things varied at once. */
export function VariantsStep(props: StepProps) {
  const { draft, change } = props
  return (
    <Stack gap="md">
      <div>
        <SegmentedControl
          aria-label="How variants are made"
          data={DESIGNS}
          value={draft.design}
          onChange={(design) => change({ design: design as Draft['design'] })}
        />
        <Text size="sm" c="dimmed" mt={6}>
          {draft.design === 'variants'
            ? 'Each variant has a payload: what your code gets and shows. One is the control, with which the others are compared.'
            : 'Vary several things at once, such as tone and length: every combination of their levels becomes a variant.'}
        </Text>
      </div>
      {draft.design === 'variants' ? <VariantList {...props} /> : <FactorList {...props} />}
    </Stack>
  )
}
