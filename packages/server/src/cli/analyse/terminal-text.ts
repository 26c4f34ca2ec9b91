const WIDE =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u
const WITHOUT_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: names in a file may carry escape sequences
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that this program adds itself
const COLOURS = /\u001b\[\d+m/g
const ASCII = /^[\x20-\x7e]*$/

/** Columns that a text takes on a terminal, colours aside. */
export function displayWidth(text: string): number {
  const plain = text.replace(COLOURS, '')
  if (ASCII.test(plain)) return plain.length
  let width = 0
  for (const character of plain) width += WITHOUT_WIDTH.test(character) ? 0 : isWide(character) ? 2 : 1
  return width
}

// Signs such as ▲ and ● are pictographs to Unicode, yet one column wide everywhere.
function isWide(character: string): boolean {
  return (
    (character.codePointAt(0) as number) >= 0x1100 &&
    WIDE.test(character) &&
    !/[\u2000-\u2bff]/.test(character)
  )
}

/** A text from a file as it may safely be printed: on one line, without control characters. */
export function printable(text: string): string {
  return text.replace(CONTROLS, '·')
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** Shortens a plain text to a width, in the middle, where names that differ tend to agree. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const characters = [...text]
  const keep = Math.max(1, width - 1)
  for (let kept = keep; kept > 0; kept--) {
    const head = Math.ceil(kept * 0.6)
    const tail = kept - head
    const short = `${characters.slice(0, head).join('')}…${tail > 0 ? characters.slice(-tail).join('') : ''}`
    if (displayWidth(short) <= width) return short
  }
  return '…'
}

/** Shortens names to a width; where that made two alike, without the beginning that all of them share. */
export function shortenAll(names: readonly string[], width: number): string[] {
  const short = names.map((name) => shorten(name, width))
  if (new Set(short).size === new Set(names).size) return short
  const shared = sharedBeginning(names)
  return names.map((name) => `…${shortenEnd(name.slice(shared), width - 1)}`)
}

function sharedBeginning(names: readonly string[]): number {
  const [first = ''] = names
  const ends = names.map((name) => [...first].findIndex((character, i) => [...name][i] !== character))
  const characters = Math.min(...ends.map((end) => (end < 0 ? Number.POSITIVE_INFINITY : end)))
  return [...first].slice(0, characters).join('').length
}

function shortenEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  const characters = [...text]
  while (characters.length > 0 && displayWidth(characters.join('')) > width - 1) characters.pop()
  return `${characters.join('')}…`
}

/**
 * Breaks a text between words into lines of at most a width; lines after the first are indented.
 * Spaces at the beginning stay, and a non-breaking space does not separate words.
 */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = []
  let line = /^ */.exec(text)?.[0] as string
  let isEmpty = true
  for (const word of text.trim().split(' ')) {
    const longer = isEmpty ? line + word : `${line} ${word}`
    if (isEmpty || displayWidth(longer) <= width) line = longer
    else {
      lines.push(line)
      line = indent + word
    }
    isEmpty = false
  }
  return [...lines, line]
}
