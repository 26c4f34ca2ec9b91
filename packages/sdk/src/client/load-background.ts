/**
 * Loads what no page needs in order to decide, to expose and to send. Bundlers make a chunk of it; where that
 * cannot be loaded, the client works without it and tries again.
 */
export const loadBackground = (): Promise<typeof import('./background.ts')> => import('./background.ts')
