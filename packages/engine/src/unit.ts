/** Longest name of a unit, in UTF-16 units. */
export const MAXIMUM_UNIT_LENGTH = 256

/** Whether a value can name a unit, its length aside: texts that are not well-formed would fall together. */
export function isUnitName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.isWellFormed()
}
