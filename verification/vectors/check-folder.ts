import path from 'node:path'
import { checkGolden, type FamilyResult } from '../gbstats/check-golden.ts'
import { GOLDEN_FILE, readGolden } from '../gbstats/golden.ts'
import { TOLERANCE } from '../gbstats/outcome.ts'
import { inWords } from '../gbstats/page.ts'
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
  /** Of a comparison with another program: in how many cases its answer is another one for a known reason. */
  readonly note?: string
}

const PROBLEMS_SHOWN = 3

/**
 * Computes every case of every file in a folder. A file without a method here fails in all its cases. A file of values of
 * gbstats is compared family by family.
 */
export function checkFolder(folder: string): FileResult[] {
  const golden = readGolden(path.join(folder, GOLDEN_FILE))
  const files = readVectorFiles(folder).filter(({ name }) => !golden || `${name}.json` !== GOLDEN_FILE)
  return [...files.map(checkFile), ...(golden ? checkGolden(golden).map(familyAsFile) : [])]
}

function familyAsFile({ name, cases, failures, worstError, problems, ...counts }: FamilyResult): FileResult {
  return {
    name: `gbstats ${name}`,
    cases,
    failures,
    worstError,
    tolerance: TOLERANCE,
    problems: problems.slice(0, PROBLEMS_SHOWN),
    note: inWords(counts),
  }
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
