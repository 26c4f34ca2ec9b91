import type { Allocation } from '@helios/sdk'
import { Type } from 'typebox'
import { HeliosError } from './errors.ts'

export type { Allocation } from '@helios/sdk'

/** How traffic is divided among variants. */
export const AllocationSchema = Type.Union([
  Type.Object({ kind: Type.Literal('equal') }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal('weighted'), weights: Type.Record(Type.String(), Type.Number({ minimum: 0 })) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('dynamic'),
      policy: Type.Object({ kind: Type.String({ maxLength: 64 }) }, { additionalProperties: true }),
    },
    { additionalProperties: false },
  ),
])

/**
 * Relative weight of each variant. Throws HEL_EXPERIMENT_INVALID when weights name other variants than
 * there are, or when the control gets no traffic.
 */
export function fixedWeights(
  allocation: Exclude<Allocation, { kind: 'dynamic' }>,
  variantKeys: readonly string[],
  control: string,
): Record<string, number> {
  if (allocation.kind === 'equal') return Object.fromEntries(variantKeys.map((key) => [key, 1]))
  const { weights } = allocation
  const unknown = Object.keys(weights).filter((key) => !variantKeys.includes(key))
  const missing = variantKeys.filter((key) => !Object.hasOwn(weights, key))
  if (unknown.length > 0) refuse(`weights name ${unknown.join(', ')}, which is no variant`)
  if (missing.length > 0) refuse(`weights lack ${missing.join(', ')}; give 0 for a variant without traffic`)
  if (!((weights[control] ?? 0) > 0)) refuse('the control needs a positive weight')
  return weights
}

function refuse(problem: string): never {
  throw new HeliosError('HEL_EXPERIMENT_INVALID', { problem })
}
