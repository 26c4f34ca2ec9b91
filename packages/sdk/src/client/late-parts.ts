/**
 * What no page needs in order to decide, to expose and to send. Bundlers make a chunk of it, which is loaded
 * when the client is at work already; where it cannot be loaded, the client works without it and tries again.
 */
export const loadBackground = async (): Promise<typeof import('./background.ts').startBackground> =>
  (await import('./background.ts')).startBackground
