import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ErrorCode } from './errors.ts'
import { HeliosError } from './errors.ts'

/** Turns a schema into a gate: returns the value, typed, or throws `code` naming the first problems. */
export function validator<T extends TSchema>(schema: T, code: ErrorCode): (value: unknown) => Static<T> {
  const compiled = Compile(schema)
  return (value) => {
    if (compiled.Check(value)) return value as Static<T>
    const problem = describeProblems(compiled.Errors(value))
    throw new HeliosError(code, { problem })
  }
}

interface Problem {
  readonly instancePath: string
  readonly keyword: string
  readonly message: string
  readonly params: object
}

/** At most three problems in words; the generic ones give way to those that name the field. */
function describeProblems(problems: readonly Problem[]): string {
  const telling = problems.filter((problem) => problem.keyword !== 'boolean' && problem.keyword !== 'anyOf')
  const texts = (telling.length > 0 ? telling : problems).map(describeProblem)
  return [...new Set(texts)].slice(0, 3).join('; ')
}

function describeProblem({ instancePath, keyword, message, params }: Problem): string {
  const where = instancePath === '' ? 'the value' : instancePath.slice(1).replaceAll('/', '.')
  const unknown = (params as { additionalProperties?: readonly string[] }).additionalProperties
  if (keyword === 'additionalProperties' && unknown) return `${where} has unknown fields: ${unknown.join(', ')}`
  const missing = (params as { requiredProperties?: readonly string[] }).requiredProperties
  if (keyword === 'required' && missing) return `${where} lacks ${missing.join(', ')}`
  return `${where} ${message}`
}
