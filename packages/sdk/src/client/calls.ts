/** What is wrong with a call, by the rules of the server: what it would refuse is not sent. */
import type { OutcomeInput } from './types.ts'

const MAXIMUM_VALUE = 1e100
const MAXIMUM = { unit: 256, metric: 200, id: 128 } as const

/** Whether a value can name a unit: 1 to 256 UTF-16 units that are well-formed. */
export function isUnit(value: unknown): value is string {
  return isName(value, MAXIMUM.unit)
}

/** @throws TypeError when a value cannot name what it is to name */
export function checkName(kind: keyof typeof MAXIMUM, value: unknown): void {
  const maximum = MAXIMUM[kind]
  if (!isName(value, maximum)) throw new TypeError(`${kind} must be a text of 1 to ${maximum} characters`)
}

/** @throws TypeError that says what is wrong */
export function checkOutcome({ unit, metric, value, at = 0, id = '-' }: OutcomeInput): void {
  checkName('unit', unit)
  checkName('metric', metric)
  checkName('id', id)
  if (typeof value !== 'number' || !(Math.abs(value) <= MAXIMUM_VALUE))
    throw new TypeError(`the value of ${metric} must be a finite number`)
  if (Number.isNaN(typeof at === 'string' ? Date.parse(at) : Number(at)))
    throw new TypeError('at must be in milliseconds since 1970, or ISO 8601')
}

function isName(value: unknown, maximum: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maximum && !/\p{Cs}/u.test(value)
}
