import { SegmentedControl } from '@mantine/core'
import { useChoice } from '../use-choice.ts'
import type { Scale } from './effects.ts'

const SCALES = ['relative', 'absolute'] as const

/** Scale of differences, the same on every tab. */
export function useScale(): readonly [Scale, (scale: Scale) => void] {
  const [scale = 'relative', setScale] = useChoice<Scale>('scale', SCALES)
  return [scale, setScale]
}

/** Differences in percent of the control, or in the metric's own unit; `of` says which differences. */
export function ScaleSwitch({ of }: { readonly of: string }) {
  const [scale, setScale] = useScale()
  return (
    <SegmentedControl
      size="xs"
      aria-label={`Scale of differences: ${of}`}
      data={[
        { value: 'relative', label: 'Relative' },
        { value: 'absolute', label: 'Absolute' },
      ]}
      value={scale}
      onChange={(value) => setScale(value === 'absolute' ? 'absolute' : 'relative')}
    />
  )
}
