import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { ErrorCode } from './errors.ts'
import { HeliosError } from './errors.ts'

/** Levels of arrays and objects in what users define; the stack of whoever writes them as JSON is finite. */
export const DEEPEST_JSON = 100

/**
 * Turns a schema into a gate: returns a copy of the value, typed, that nobody else can change, or throws
 * `code` naming the first problems. What JSON cannot hold is refused rather than kept half.
 */
export function validator<T extends TSchema>(schema: T, code: ErrorCode): (value: unknown) => Static<T> {
  const compiled = Compile(schema)
  const refuse: Refuse = (problem) => {
    throw new HeliosError(code, { problem })
  }
  return (value) => {
    const copy = copyOfJson(value, [], refuse)
    return compiled.Check(copy) ? (copy as Static<T>) : refuse(describeProblems(compiled.Errors(copy)))
  }
}

type Refuse = (problem: string) => never

/** Members that are undefined are left out, as in JSON. */
function copyOfJson(value: unknown, path: readonly string[], refuse: Refuse): unknown {
  if (isJsonScalar(value) || (value === undefined && path.length === 0)) return value
  if (path.length > DEEPEST_JSON) return refuse(`it is nested more than ${DEEPEST_JSON} levels deep`)
  if (Array.isArray(value)) return Array.from(value, (item, i) => copyOfJson(item, [...path, `${i}`], refuse))
  if (Object.prototype.toString.call(value) !== '[object Object]')
    return refuse(`${nameOf(path)} is not a JSON value`)
  const members = Object.entries(value as object).filter(([, member]) => member !== undefined)
  return Object.fromEntries(members.map(([key, member]) => [key, copyOfJson(member, [...path, key], refuse)]))
}

function isJsonScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? 'the value' : path.join('.')
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
  if (keyword === 'additionalProperties' && unknown)
    return `${where} has unknown fields: ${unknown.join(', ')}`
  const missing = (params as { requiredProperties?: readonly string[] }).requiredProperties
  if (keyword === 'required' && missing) return `${where} lacks ${missing.join(', ')}`
  return `${where} ${message}`
}
