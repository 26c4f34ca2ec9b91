import { formatBytes, formatCount } from '@helios/charts/format'
import { Text } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { SharesBar } from '../../parts/forms/shares-bar.tsx'
import { type Draft, sharesOf } from './draft.ts'
import { LARGEST_BODY_BYTES } from './input.ts'
import { participantsInWords } from './review.ts'
import { variantCount } from './sample-size.ts'
import classes from './summary.module.css'

interface Props {
  readonly draft: Draft
  readonly bytes: number
}

/** What the experiment is so far, beside the questions. */
export const Summary = memo(function Summary({ draft, bytes }: Props) {
  const { name, key, metrics, minimumSample } = draft
  const count = variantCount(draft)
  const shares = sharesOf(draft)
  const [primary, ...others] = metrics.primary
  return (
    <aside className={classes.summary} aria-label="So far">
      <Text className={classes.name} dir="auto">
        {name.trim() || key || 'A new experiment'}
      </Text>
      {key === '' ? null : <code className={classes.key}>{key}</code>}
      <dl className={classes.facts}>
        <Fact label={`${formatCount(count)} ${count === 1 ? 'variant' : 'variants'}`}>
          {draft.design === 'variants' ? (
            <SharesBar
              shares={draft.variants.map((variant, index) => ({
                key: variant.key,
                share: shares[index] ?? 0,
                isControl: variant.id === draft.control,
              }))}
            />
          ) : (
            'Combinations of factors, equal shares'
          )}
        </Fact>
        <Fact label="Takes part">{participantsInWords(draft)}</Fact>
        <Fact label="Decides">
          {primary === undefined
            ? 'no metric yet'
            : `${primary}${others.length > 0 ? ` and ${others.length} more` : ''}`}
        </Fact>
        <Fact label="Needs">
          {minimumSample === '' ? 'no minimum sample yet' : `${formatCount(minimumSample)} units per variant`}
        </Fact>
        {bytes > LARGEST_BODY_BYTES / 2 ? (
          <Fact label="Size">
            <span data-tone={bytes > LARGEST_BODY_BYTES ? 'bad' : undefined} className={classes.size}>
              {formatBytes(bytes)} of {formatBytes(LARGEST_BODY_BYTES)}
              {bytes > LARGEST_BODY_BYTES ? ': too large to be created' : ''}
            </span>
          </Fact>
        ) : null}
      </dl>
    </aside>
  )
})

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  )
}
