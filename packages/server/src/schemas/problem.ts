import { Type } from 'typebox'

/** RFC 9457 problem document: the form of every answer that is not a success. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Page that explains the code, relative to the server.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened this time, in one sentence.' }),
    code: Type.String({ pattern: '^HEL_[A-Z_]+$', description: 'Stable; for programs.' }),
    instance: Type.String({ description: 'This occurrence: the id of the request, which the log has too.' }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          in: Type.Enum(['body', 'query', 'params', 'headers']),
          pointer: Type.String({ description: 'JSON Pointer to the field.' }),
          message: Type.String(),
        }),
      ),
    ),
  },
  { description: 'RFC 9457 problem document.' },
)
