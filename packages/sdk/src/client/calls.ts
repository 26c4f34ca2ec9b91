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

/** @throws TypeError when a value cannot name what it is to name */
export function checkName(value: unknown, kind = 'unit', maximum = MAXIMUM_UNIT): void {
  if (!isName(value, maximum)) throw new TypeError(`a ${kind} is a text of 1 to ${maximum} characters`)
}

/** @throws TypeError that says what is wrong */
export function checkOutcome({ unit, metric, value, at = 0, id = '-' }: OutcomeInput): void {
  checkName(unit)
  checkName(metric, 'metric', MAXIMUM_KEY)
  checkName(id, 'id', MAXIMUM_ID)
  if (typeof value !== 'number' || !(Math.abs(value) <= MAXIMUM_VALUE))
    throw new TypeError('a value is a number from -1e100 to 1e100')
  if (Number.isNaN(typeof at === 'string' ? Date.parse(at) : Number(at)))
    throw new TypeError('a time is in milliseconds since 1970, or ISO 8601')
}

function isName(value: unknown, maximum: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maximum && !/\p{Cs}/u.test(value)
}
