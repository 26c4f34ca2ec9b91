import { Type } from 'typebox'

/** Milliseconds since 1970-01-01T00:00:00Z. */
export const Time = Type.Integer({ description: 'Milliseconds since 1970-01-01T00:00:00Z.' })
export const NumberOrNull = Type.Union([Type.Number(), Type.Null()], {
  description: 'null where the number does not exist.',
})
export const Payload = Type.Unknown({ description: 'Any JSON value.' })

/** Value of each declared dimension that a unit had. */
export const Dimensions = Type.Record(Type.String(), Type.String({ maxLength: 64 }), {
  description: 'Values of the declared dimensions, to read the result by segment.',
})

/** Part of a path that names a document. */
export const KeyParams = Type.Object({ key: Type.String({ description: 'Key of the document.' }) })
export const Why = Type.String({ maxLength: 2000, description: 'Reason, kept in the audit log.' })

export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag that was read; refused with 409 when somebody changed it since.' }),
  ),
})
export const IfNoneMatch = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({ description: 'ETag known already; then 304 without a body.' }),
  ),
})
