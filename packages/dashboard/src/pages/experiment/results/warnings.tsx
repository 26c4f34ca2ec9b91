import type { Finding } from '@helios/sdk'
import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import classes from './warnings.module.css'

/** What a careful reader should know before believing the numbers. */
export function Warnings({ warnings }: { readonly warnings: readonly Finding[] }) {
  if (warnings.length === 0) return null
  return (
    <ul className={classes.warnings} aria-label="Read with care">
      {warnings.map(({ code, message }) => {
        const Icon = code === 'fixed-horizon' ? IconClock : IconAlertTriangle
        return (
          <li key={`${code} ${message}`} data-quiet={code === 'fixed-horizon' || undefined}>
            <Icon size={18} aria-hidden />
            <span>{message}</span>
          </li>
        )
      })}
    </ul>
  )
}
