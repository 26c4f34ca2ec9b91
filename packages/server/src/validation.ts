import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** One field of a request that has not the expected form. */
export interface FieldProblem {
  readonly in: 'body' | 'query' | 'params' | 'headers'
  /** JSON Pointer (RFC 6901) inside that part; empty for the whole of it. */
  readonly pointer: string
  readonly message: string
}

const PARTS: Readonly<Record<string, FieldProblem['in']>> = {
  body: 'body',
  querystring: 'query',
  params: 'params',
  headers: 'headers',
}

/** Checks a part of a request as it came: nothing is converted, dropped or filled in. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema)
  const part = PARTS[httpPart ?? 'body'] ?? 'body'
  return (given: unknown) => {
    // Fastify hands over null when nothing was sent; then the missing fields are named one by one.
    const value = part === 'body' ? (given ?? {}) : given
    if (compiled.Check(value)) return { value }
    // Fastify only carries the list to the error handler, where `problemOf` reads it.
    return { error: fieldProblems(part, compiled.Errors(value)) as unknown as FastifySchemaValidationError[] }
  }
}

/** For routes whose body the engine itself checks: the schema documents, and costs nothing. */
export const documentedOnly: FastifySchemaCompiler<TSchema> = () => () => true

interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly message: string
  readonly params: object
}

/** At most ten problems, each once; those of a whole union give way to the ones that name a field. */
function fieldProblems(part: FieldProblem['in'], errors: readonly SchemaError[]): FieldProblem[] {
  const telling = errors.filter(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf')
  const problems = (telling.length > 0 ? telling : errors).map((error) => ({
    in: part,
    pointer: error.instancePath,
    message: describe(error),
  }))
  const texts = problems.map((problem) => JSON.stringify(problem))
  return problems.filter((_, index) => texts.indexOf(texts[index] as string) === index).slice(0, 10)
}

function describe({ keyword, message, params }: SchemaError): string {
  const { additionalProperties, requiredProperties, allowedValues } = params as Record<
    string,
    readonly string[]
  >
  if (keyword === 'additionalProperties' && additionalProperties)
    return `has unknown fields: ${additionalProperties.join(', ')}`
  if (keyword === 'required' && requiredProperties) return `lacks ${requiredProperties.join(', ')}`
  if (keyword === 'enum' && allowedValues) return `must be one of ${allowedValues.join(', ')}`
  return message
}
