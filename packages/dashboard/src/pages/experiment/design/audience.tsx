import type { Condition, Experiment } from '@helios/sdk'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { conditionInWords } from '../../../parts/forms/condition-in-words.ts'
import { Section } from '../section.tsx'
import { capital, counted, isolated, nameOfVariant, pluralOf, shareInWords } from '../words.ts'
import classes from './design.module.css'

/** Who takes part, and who is kept out. */
export function Audience({ experiment }: { readonly experiment: Experiment }) {
  const { unit, audience, coverage, layer, holdout, sticky, dimensions, forced } = experiment
  const units = pluralOf(unit)
  return (
    <Section title="Who takes part">
      <dl className={classes.facts}>
        <dt>Unit</dt>
        <dd>{capital(unit)}: what is randomised, and what statistics count.</dd>
        <dt>Audience</dt>
        <dd>
          {audience === undefined ? `All ${units}.` : <AudienceInWords audience={audience} units={units} />}
        </dd>
        <dt>Coverage</dt>
        <dd>
          {shareInWords(coverage)} of them
          {coverage < 1 ? '; the others get the control and are not counted' : ''}.
        </dd>
        <dt>Layer</dt>
        <dd>
          {layer === undefined
            ? 'None: it may share units with any other experiment.'
            : `${shareInWords(layer.share)} of the layer “${layer.key}”; experiments of one layer share no ${unit}.`}
        </dd>
        <dt>Holdout</dt>
        <dd>
          {holdout === undefined
            ? 'None.'
            : `${shareInWords(holdout.share)} of all ${units} are kept out by “${holdout.key}”.`}
        </dd>
        <dt>Sticky</dt>
        <dd>
          {sticky
            ? `Yes: a ${unit} that met a variant keeps it, whatever is edited.`
            : `No: a ${unit} follows the shares when they are edited.`}
        </dd>
        <dt>Dimensions</dt>
        <dd>{dimensions.length === 0 ? 'None declared.' : dimensions.map(isolated).join(', ')}</dd>
        <dt>Forced units</dt>
        <dd>
          <Forced forced={forced} experiment={experiment} />
        </dd>
      </dl>
    </Section>
  )
}

const CONDITIONS_AT_FIRST = 20

function AudienceInWords({ audience, units }: { readonly audience: Condition; readonly units: string }) {
  const [isWhole, setWhole] = useState(false)
  const members = 'all' in audience ? audience.all : 'any' in audience ? audience.any : []
  if (members.length < 2)
    return (
      <>
        {capital(units)} for whom: {conditionInWords(audience)}.
      </>
    )
  const shown = isWhole ? members : members.slice(0, CONDITIONS_AT_FIRST)
  return (
    <>
      {capital(units)} for whom {'all' in audience ? 'all of these hold' : 'any of these holds'}:
      <ul>
        {shown.map((member) => (
          <li key={JSON.stringify(member)}>
            <bdi>{conditionInWords(member)}</bdi>
          </li>
        ))}
      </ul>
      {shown.length < members.length ? (
        <Button variant="default" size="compact-xs" mt={6} onClick={() => setWhole(true)}>
          Show all {counted(members.length, 'condition')}
        </Button>
      ) : null}
    </>
  )
}

const FORCED_AT_FIRST = 20

interface ForcedProps {
  readonly forced: Experiment['forced']
  readonly experiment: Experiment
}

function Forced({ forced, experiment }: ForcedProps) {
  const [isWhole, setWhole] = useState(false)
  const entries = Object.entries(forced)
  if (entries.length === 0) return 'None.'
  const shown = isWhole ? entries : entries.slice(0, FORCED_AT_FIRST)
  return (
    <>
      Never analysed; for checking a variant by hand:
      <ul>
        {shown.map(([unit, variant]) => (
          <li key={unit}>
            <code>{unit}</code> always gets <bdi>{nameOfVariant(experiment, variant)}</bdi>
          </li>
        ))}
      </ul>
      {shown.length < entries.length ? (
        <Button variant="default" size="compact-xs" mt={6} onClick={() => setWhole(true)}>
          Show all {counted(entries.length, 'unit')}
        </Button>
      ) : null}
    </>
  )
}
