/** Runs one piece of work after another, in the order asked; a failure is its caller's alone. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => {})
    return result
  }

  /** Resolves when the work asked for so far is done, whether it succeeded or not. */
  settled(): Promise<unknown> {
    return this.#last
  }
}
