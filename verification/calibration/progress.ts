import type { WriteStream } from 'node:tty'

const WIDTH = 30

/** A bar that is drawn again and again on a terminal; nothing elsewhere. */
export interface Progress {
  show(done: number, of: number, name: string): void
  end(): void
}

export function progressOn(stream: WriteStream): Progress {
  if (!stream.isTTY) return { show: () => {}, end: () => {} }
  const clear = () => {
    stream.cursorTo(0)
    stream.clearLine(1)
  }
  return {
    show(done, of, name) {
      const filled = Math.round((WIDTH * done) / of)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`
      const text = `${bar} ${Math.floor((100 * done) / of)} %  ${name}`
      clear()
      stream.write(text.slice(0, Math.max(10, stream.columns - 1)))
    },
    end: clear,
  }
}
