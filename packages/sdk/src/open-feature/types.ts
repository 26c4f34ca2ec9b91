/**
 * The slice of OpenFeature's interfaces that a provider implements, described here so that the sdk depends on
 * no package of theirs: https://openfeature.dev/specification/sections/providers
 */

export type ContextValue =
  | string
  | number
  | boolean
  | null
  | Date
  | { readonly [key: string]: ContextValue }
  | readonly ContextValue[]

export type Context = { readonly targetingKey?: string | undefined } & Readonly<
  Record<string, ContextValue | undefined>
>

/** Of the standard reasons, those that this provider gives; errors are thrown, with their code. */
export type ResolutionReason = 'SPLIT' | 'TARGETING_MATCH' | 'DISABLED' | 'DEFAULT'

export interface Resolution<Value> {
  value: Value
  variant: string
  reason: ResolutionReason
  flagMetadata: Record<string, string | number | boolean>
}

export type ResolutionErrorCode =
  | 'PROVIDER_NOT_READY'
  | 'FLAG_NOT_FOUND'
  | 'TYPE_MISMATCH'
  | 'TARGETING_KEY_MISSING'
  | 'INVALID_CONTEXT'

/** OpenFeature's clients take the code from what a provider throws, and serve the default value. */
export class ResolutionError extends Error {
  override readonly name = 'ResolutionError'
  readonly code: ResolutionErrorCode

  constructor(code: ResolutionErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
