import { Html, html } from '../../page/html.ts'
import { clean } from '../blocks.ts'

/** Text that somebody may have typed, for an element or an attribute. */
export function text(value: string): Html {
  return html`${clean(value)}`
}

/** The same, with its direction kept to itself. */
export function isolated(value: string): Html {
  return html`<bdi>${clean(value)}</bdi>`
}

export function joined(parts: readonly Html[]): Html {
  return new Html(parts.map((part) => part.text).join('\n'))
}
