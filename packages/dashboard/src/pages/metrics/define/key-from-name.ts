const LONGEST_KEY = 64

/** Order value (€) → order_value: a key that is allowed, or nothing when no letter of the name can stand in one. */
export function keyFromName(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, LONGEST_KEY)
    .replace(/_+$/, '')
}
