import type { PowerQuestion } from '@helios/engine'
import { type Scale, signed } from '../analyse/numbers.ts'

const PLAIN: Scale = { factor: 1, unit: '' }
const PERCENT: Scale = { factor: 100, unit: ' %' }
const POINTS: Scale = { factor: 100, unit: ' pp' }

const DIGITS = 3

/** 20 %, 0.5 %, 12.3 %: as many digits as say something. */
export function share(value: number): string {
  return amount(value, PERCENT)
}

/** A power is never quite certain. */
export function chance(value: number): string {
  if (value > 0.9995) return '> 99.9 %'
  return value < 0.0005 ? '< 0.1 %' : `${Number((100 * value).toFixed(1))} %`
}

/** A value of the metric. */
export function metricValue({ metric }: PowerQuestion, value: number): string {
  return amount(value, isShare(metric.kind) ? PERCENT : PLAIN)
}

/** A change, with its sign: +20 % of the baseline, +2 pp of a share, +1.5 of a mean. */
export function changeOf({ metric, effectScale }: PowerQuestion, effect: number): string {
  const scale = effectScale === 'absolute' ? (isShare(metric.kind) ? POINTS : PLAIN) : PERCENT
  const scaled = effect * scale.factor
  return `${signed(scaled, decimalsOf(scaled))}${scale.unit}`
}

function amount(value: number, { factor, unit }: Scale): string {
  const scaled = value * factor
  return `${signed(scaled, decimalsOf(scaled)).replace('+', '')}${unit}`
}

/** Up to three significant digits, without zeros at the end. */
function decimalsOf(value: number): number {
  const rounded = Number(value.toPrecision(DIGITS))
  const decimals = /\.(\d+)/.exec(String(rounded))?.[1]?.length ?? 0
  return Math.abs(rounded) < 1e-6 && rounded !== 0 ? 2 - Math.floor(Math.log10(Math.abs(rounded))) : decimals
}

function isShare(kind: string): boolean {
  return kind === 'proportion' || kind === 'retention'
}
