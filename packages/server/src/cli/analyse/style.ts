import pc from 'picocolors'

/** Colours of the picocolors library, on or off. */
export type Colours = ReturnType<typeof pc.createColors>

/** How text for people is laid out. */
export interface Style {
  /** Columns of the terminal. */
  readonly width: number
  readonly colours: Colours
}

/** A table of results does not fit into less. */
const NARROWEST = 76
const WIDEST = 132
/** Where a terminal does not tell, as in a pipe. */
const USUAL = 80

export function styleFor(columns: number | undefined, colours: Colours = pc): Style {
  return { width: Math.min(WIDEST, Math.max(NARROWEST, columns ?? USUAL)), colours }
}
