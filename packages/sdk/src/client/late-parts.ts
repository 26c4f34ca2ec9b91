/**
 * Parts that no page needs in order to decide, to expose and to send. Bundlers make a chunk of each, which is
 * loaded when it is wanted first; where it cannot be loaded, the client works without it and tries again.
 */
export const lateParts = {
  /** For pages that are told of changes. */
  followStream: async () => (await import('./stream.ts')).followStream,
  /** For those who find a journal in the storage that is not their own. */
  takeOver: async () => (await import('./adoption.ts')).takeOver,
}

export type LateParts = typeof lateParts
