import type { Factor, Json, Variant } from '@helios/sdk'
import { type Static, Type } from 'typebox'

export type { Factor, Variant } from '@helios/sdk'

export const LONGEST_VARIANT_KEY = 200

const Key = Type.String({ pattern: `^[A-Za-z0-9][A-Za-z0-9_.=,:-]{0,${LONGEST_VARIANT_KEY - 1}}$` })

export const VariantInputSchema = Type.Object(
  {
    key: Key,
    name: Type.Optional(Type.String({ maxLength: 200 })),
    /** Any JSON value; handed out with each decision. */
    payload: Type.Optional(Type.Unknown()),
    /** Exactly one variant of an experiment is its control. */
    control: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export const FactorSchema = Type.Object(
  {
    key: Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,31}$' }),
    levels: Type.Array(
      Type.Object(
        {
          key: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$' }),
          payload: Type.Optional(Type.Unknown()),
          control: Type.Optional(Type.Boolean()),
        },
        { additionalProperties: false },
      ),
      { minItems: 2, maxItems: 16 },
    ),
  },
  { additionalProperties: false },
)

export type VariantInput = Static<typeof VariantInputSchema>

/** What a factorial design generates: every combination of levels, the all-control one being the control. */
export interface GeneratedVariants {
  readonly variants: readonly Variant[]
  readonly control: string
}

/** Full factorial design. Each factor must have exactly one control level (checked by the experiment). */
export function variantsFromFactors(factors: readonly Factor[]): GeneratedVariants {
  let cells: { readonly factor: Factor; readonly level: Factor['levels'][number] }[][] = [[]]
  for (const factor of factors) {
    cells = cells.flatMap((cell) => factor.levels.map((level) => [...cell, { factor, level }]))
  }
  const variants = cells.map((cell): Variant => {
    const key = cell.map(({ factor, level }) => `${factor.key}=${level.key}`).join(',')
    return {
      key,
      name: key,
      payload: Object.fromEntries(
        cell.map(({ factor, level }) => [
          factor.key,
          (level.payload === undefined ? level.key : level.payload) as Json,
        ]),
      ),
      levels: Object.fromEntries(cell.map(({ factor, level }) => [factor.key, level.key])),
    }
  })
  const control = factors.map((f) => `${f.key}=${f.levels.find((level) => level.control)?.key}`).join(',')
  return { variants, control }
}
