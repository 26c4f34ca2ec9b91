import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { useSummaries } from '../../../api/queries.ts'
import { segment } from '../../../api/request.ts'
import classes from './findings.module.css'

/** What a reader should know of the numbers, in words; nothing where all is well. */
export function Findings({ experimentKey }: { readonly experimentKey: string }) {
  const health = useSummaries().data?.find(({ key }) => key === experimentKey)?.health
  if (health === undefined || health.level === 'good' || health.level === 'idle') return null
  return (
    <section className={classes.findings} data-level={health.level} aria-label="Findings">
      <ul>
        {health.findings.map(({ code, message }) => (
          <li key={`${code} ${message}`}>{message}</li>
        ))}
      </ul>
      {health.level === 'bad' ? (
        <Anchor component={Link} href={`/experiments/${segment(experimentKey)}`} size="sm">
          What usually causes this, and what to check
        </Anchor>
      ) : null}
    </section>
  )
}
