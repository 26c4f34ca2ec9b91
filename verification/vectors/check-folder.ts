import { compareAnswer } from './compare.ts'
import { methods } from './methods.ts'
import { type ReadFile, readVectorFiles, type VectorCase, type VectorFile } from './vector-file.ts'
import type { Answer, VectorMethod } from './vector-method.ts'

/** What came of one file of reference values. */
export interface FileResult {
  readonly name: string
  readonly cases: number
  readonly failures: number
  /** Largest relative error of a case that could be computed. */
  readonly worstError: number
  readonly tolerance: number
  /** First few things that are wrong. */
  readonly problems: readonly string[]
}

const PROBLEMS_SHOWN = 3

/** Computes every case of every file in a folder. A file without a method here fails in all its cases. */
export function checkFolder(folder: string): FileResult[] {
  return readVectorFiles(folder).map(checkFile)
}

export function checkFile(file: ReadFile): FileResult {
  if ('problem' in file) return failed(file.name, 1, file.problem)
  const method = methodFor(file)
  if (!method) return failed(file.name, file.cases.length, `no method called "${file.method}"`)
  const notOurs = Object.keys(method.notOurs ?? {})
  const { rel, abs } = file.tolerance
  const tolerance = { rel, abs: Math.max(abs, method.floor ?? 0) }
  let failures = 0
  let worstError = 0
  const problems: string[] = []
  for (const given of file.cases) {
    const answer = answerOf(method, given)
    const { worst, wrong } =
      'thrown' in answer
        ? { worst: 0, wrong: [`threw ${answer.thrown}`] }
        : compareAnswer(given.out, answer.value, tolerance, notOurs)
    worstError = Math.max(worstError, worst)
    if (wrong.length === 0) continue
    failures++
    if (problems.length < PROBLEMS_SHOWN) problems.push(`${given.id}: ${wrong.slice(0, 3).join('; ')}`)
  }
  return {
    name: file.name,
    cases: file.cases.length,
    failures,
    worstError,
    tolerance: rel,
    problems,
  }
}

function methodFor({ name, method }: VectorFile): VectorMethod | undefined {
  return methods[name] ?? Object.values(methods).find(({ title }) => title === method)
}

function answerOf(
  method: VectorMethod,
  given: VectorCase,
): { readonly value: Answer } | { readonly thrown: string } {
  try {
    return { value: method.compute(given.in) }
  } catch (error) {
    return { thrown: error instanceof Error ? error.message : String(error) }
  }
}

function failed(name: string, cases: number, problem: string): FileResult {
  return { name, cases, failures: cases, worstError: Number.NaN, tolerance: Number.NaN, problems: [problem] }
}
