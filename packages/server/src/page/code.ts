import { type Html, html } from './html.ts'

const TOKEN = /(https?:\/\/[^/\s]+)|(\$[A-Z_]+)|('[^']*')|(\s-[A-Za-z]+)/g

/** Shell text in a few colours. The address is an element of its own, so that the script can put in the real one. */
export function shell(text: string): readonly Html[] {
  const pieces: Html[] = []
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    pieces.push(html`${text.slice(end, match.index)}`, coloured(match))
    end = match.index + match[0].length
  }
  return [...pieces, html`${text.slice(end)}`]
}

function coloured([text, address, variable, body]: RegExpMatchArray): Html {
  if (address) return html`<span data-address>${text}</span>`
  if (variable) return html`<span class="variable">${text}</span>`
  return html`<span class="${body ? 'body' : 'flag'}">${text}</span>`
}

/** A block of shell lines; the copy button appears only where a script can serve it. */
export function codeBlock(label: string, text: string): Html {
  return html`<div class="code">
  <button type="button" hidden aria-label="Copy: ${label}">Copy</button>
  <pre tabindex="0" aria-label="${label}"><code>${shell(text)}</code></pre>
</div>`
}
