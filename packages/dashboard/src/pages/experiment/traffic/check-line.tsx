import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDotted,
} from '@tabler/icons-react'
import classes from './check-line.module.css'
import type { Check } from './check-words.ts'

const ICONS = {
  good: IconCircleCheckFilled,
  attention: IconAlertTriangleFilled,
  bad: IconAlertOctagonFilled,
  none: IconCircleDotted,
} as const

/** What a check found, by shape, colour and words. */
export function CheckLine({ check }: { readonly check: Check }) {
  const Icon = ICONS[check.level]
  return (
    <p className={classes.check} data-level={check.level}>
      <Icon size={20} aria-hidden />
      <span>
        <strong>{check.headline}.</strong> {check.explanation}
      </span>
    </p>
  )
}
