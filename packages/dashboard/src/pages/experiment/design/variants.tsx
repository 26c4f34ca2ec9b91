import type { Experiment, Variant } from '@helios/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { SharesBar } from '../../../parts/forms/shares-bar.tsx'
import { Section } from '../section.tsx'
import { sharesOf } from '../shares.ts'
import { counted, listed, shareInWords } from '../words.ts'
import classes from './design.module.css'
import { Payload } from './payload.tsx'

const SHOWN_AT_FIRST = 50
/** So few that their payloads can stand open. */
const FEW = 4

/** What is compared, how much traffic each gets, and what each hands out. */
export function Variants({ experiment }: { readonly experiment: Experiment }) {
  const [isWhole, setWhole] = useState(false)
  const { variants, control, factors } = experiment
  const shares = sharesOf(experiment)
  const shown = isWhole ? variants : variants.slice(0, SHOWN_AT_FIRST)
  return (
    <Section title={counted(variants.length, 'variant')} lead={allocationInWords(experiment)}>
      <SharesBar
        shares={shares.map(({ key, name, share }) => ({ key: name, share, isControl: key === control }))}
      />
      {factors.length === 0 ? null : <Factors factors={factors} />}
      <ul className={classes.variants}>
        {shown.map((variant, index) => (
          <VariantCard
            key={variant.key}
            variant={variant}
            share={shares[index]?.share ?? 0}
            isControl={variant.key === control}
            isOpen={variants.length <= FEW}
          />
        ))}
      </ul>
      {shown.length < variants.length ? (
        <Button variant="default" size="compact-sm" mt="sm" onClick={() => setWhole(true)}>
          Show all {counted(variants.length, 'variant')}
        </Button>
      ) : null}
    </Section>
  )
}

function allocationInWords({ allocation, unit }: Experiment): string {
  if (allocation.kind === 'equal') return `Each gets the same share of those who take part.`
  if (allocation.kind === 'weighted') return 'Shares by weight, of those who take part.'
  return `The policy ${allocation.policy.kind} moves the shares as it learns; each ${unit} then meets one of them.`
}

function Factors({ factors }: { readonly factors: Experiment['factors'] }) {
  return (
    <dl className={classes.facts} style={{ marginTop: 16 }}>
      {factors.map(({ key, levels }) => (
        <FactorLine key={key} name={key} levels={levels} />
      ))}
    </dl>
  )
}

function FactorLine(props: {
  readonly name: string
  readonly levels: Experiment['factors'][number]['levels']
}) {
  const levels = props.levels.map(({ key, control }) => (control === true ? `${key} (control)` : key))
  return (
    <>
      <dt>Factor {props.name}</dt>
      <dd>{listed(levels)}</dd>
    </>
  )
}

interface CardProps {
  readonly variant: Variant
  readonly share: number
  readonly isControl: boolean
  readonly isOpen: boolean
}

function VariantCard({ variant, share, isControl, isOpen }: CardProps) {
  const { key, name, payload } = variant
  return (
    <li className={classes.variant}>
      <div className={classes.name}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        {name === key ? null : <code className={classes.key}>{key}</code>}
        <span className={classes.quiet}>
          {isControl ? 'Control · ' : ''}
          {shareInWords(share)}
        </span>
      </div>
      <Payload payload={payload} name={name} isOpen={isOpen} />
    </li>
  )
}
