/** What is wrong with a call, by the rules of the server: what it would refuse is not sent. */
import type { OutcomeInput } from './types.ts'

const MAXIMUM_UNIT = 256
const MAXIMUM_KEY = 200
const MAXIMUM_ID = 128
const MAXIMUM_VALUE = 1e100

/** Whether a value can name a unit: 1 to 256 UTF-16 units that are well-formed. */
export function isUnit(value: unknown): value is string {
  return isName(value, MAXIMUM_UNIT)
}

/** @throws TypeError when a value cannot name a unit */
export function checkUnit(value: unknown): void {
  checkName('unit', value, MAXIMUM_UNIT)
}

/** @throws TypeError that says what is wrong */
export function checkOutcome({ unit, metric, value, at = 0, id = '-' }: OutcomeInput): void {
  checkUnit(unit)
  checkName('metric', metric, MAXIMUM_KEY)
  checkName('id', id, MAXIMUM_ID)
  if (typeof value !== 'number' || !(Math.abs(value) <= MAXIMUM_VALUE))
    throw new TypeError(`the value of ${metric} must be a finite number`)
  if (Number.isNaN(typeof at === 'string' ? Date.parse(at) : Number(at)))
    throw new TypeError('a time is in milliseconds since 1970, or ISO 8601')
}

function checkName(kind: string, value: unknown, maximum: number): void {
  if (!isName(value, maximum)) throw new TypeError(`a ${kind} is a text of 1 to ${maximum} characters`)
}

function isName(value: unknown, maximum: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maximum && !/\p{Cs}/u.test(value)
}
