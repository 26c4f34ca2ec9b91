/** What every library has to do in the decision benchmark, in words that none of them owns. */

/** One experiment: two variants in equal shares, for units whose country is DE, everyone covered. */
export const EXPERIMENT = 'greeting-tone'
export const VARIANTS = ['plain', 'warm'] as const
export const COUNTRY = 'DE'

export interface User {
  readonly id: string
  readonly attributes: {
    /** The id again, because GrowthBook finds the unit among the attributes. */
    readonly id: string
    readonly country: string
    readonly plan: string
    readonly age: number
  }
}

export interface Contender {
  readonly name: string
  /** Key of the variant that the user gets by the experiment; anything else when the audience is missed. */
  readonly decide: (user: User) => unknown
  readonly close: () => unknown
}

export function makeUsers(count: number, country: string): User[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `user-${n}`
    return { id, attributes: { id, country, plan: n % 3 === 0 ? 'paid' : 'free', age: 18 + (n % 60) } }
  })
}
