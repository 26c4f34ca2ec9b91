import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { useSummaries } from '../../../api/queries.ts'
import { segment } from '../../../api/request.ts'
import classes from './findings.module.css'

/** What a reader should know of the numbers, in words; nothing where all is well. */
export function Findings({ experimentKey }: { readonly experimentKey: string }) {
  const health = useSummaries().data?.find(({ key }) => key === experimentKey)?.health
  if (health === undefined || health.level === 'good' || health.level === 'idle') return null
  // How often one may look concerns who reads effects, which stand with the results.
  const findings = health.findings.filter(({ code }) => code !== 'fixed-horizon')
  if (findings.length === 0) return null
  return (
    <section className={classes.findings} data-level={health.level} aria-label="Findings">
      <ul>
        {findings.map(({ code, message }) => (
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
