import { type ClientErrorCode, HeliosClientError, type Report } from './errors.ts'

export interface Reporter {
  readonly report: Report
  last(): HeliosClientError | undefined
  /** Runs code of the host program, or a call of it; what it throws is reported under the code. */
  attempt<T>(code: ClientErrorCode, what: string, run: () => T): T | undefined
}

export function createReporter(onError: (error: HeliosClientError) => void): Reporter {
  let last: HeliosClientError | undefined
  const report: Report = (code, message, context) => {
    last = new HeliosClientError(code, message, context)
    try {
      onError(last)
    } catch {
      // There is nobody left to tell.
    }
  }
  return {
    report,
    last: () => last,
    attempt: (code, what, run) => {
      try {
        return run()
      } catch (cause) {
        report(code, `${what}: ${cause}`, { cause })
        return undefined
      }
    },
  }
}
