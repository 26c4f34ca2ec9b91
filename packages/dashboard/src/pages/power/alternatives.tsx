import { formatChance, formatCount } from '@helios/charts/format'
import type { PowerReport } from '@helios/sdk'
import { formatShare } from '../../parts/forms/format-share.ts'
import { effectStyle, effectText } from './answer-words.ts'
import classes from './power.module.css'
import type { PowerDraft } from './power-draft.ts'

interface Props {
  readonly draft: PowerDraft
  readonly report: PowerReport
}

/** Units per variant that other effects and other powers need. */
export function Alternatives({ draft, report: { alternatives, targetPower, answer } }: Props) {
  const style = effectStyle(draft)
  const powers = [...new Set(alternatives.map(({ power }) => power))]
  const effects = [...new Set(alternatives.map(({ minimumDetectableEffect }) => minimumDetectableEffect))]
  const isAsked = (power: number, effect: number) =>
    power === targetPower && effect === answer.minimumDetectableEffect
  const unitsFor = (power: number, effect: number) =>
    alternatives.find((each) => each.power === power && each.minimumDetectableEffect === effect)
  return (
    <table className={classes.table}>
      <caption>Units per variant for other effects and powers</caption>
      <thead>
        <tr>
          <th scope="col">Power</th>
          {effects.map((effect) => (
            <th key={effect} scope="col">
              {effectText(effect, style)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {powers.map((power) => (
          <tr key={power}>
            <th scope="row">{power > 0.99 ? formatChance(power) : formatShare(power)}</th>
            {effects.map((effect) => {
              const { unitsPerVariant, duration } = unitsFor(power, effect) ?? {}
              return (
                <td key={effect} data-given={isAsked(power, effect) || undefined}>
                  {formatCount(unitsPerVariant)}
                  {duration ? (
                    <span className={classes.days}>
                      {formatCount(duration.days)} {duration.days === 1 ? 'day' : 'days'}
                    </span>
                  ) : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
