import { manualClock } from '@helios/engine'
import { describe, expect, it } from 'vitest'
import { Progress, progressLine } from './progress.ts'

function terminal(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, columns: 80, written, write: (text: string) => written.push(text) }
}

describe('Progress', () => {
  it('says how far, how fast and how long', () => {
    expect(progressLine({ rows: 5_000_000, bytes: 50e6 }, 100e6, 2.5)).toBe(
      '████████████░░░░░░░░░░░░ 50 %  5,000,000 rows  2.00 M rows/s  3 s left',
    )
    expect(progressLine({ rows: 10, bytes: 10 }, 100, 0.1)).toBe('██░░░░░░░░░░░░░░░░░░░░░░ 10 %  10 rows')
  })

  it('shows at most ten lines a second, and leaves none behind', () => {
    const screen = terminal(true)
    const clock = manualClock(0)
    const progress = new Progress(screen, 100e6, clock)
    for (let i = 1; i <= 100; i++) {
      progress.update({ rows: i, bytes: i })
      clock.advance(10)
    }
    progress.erase()
    expect(screen.written).toHaveLength(11)
    expect(screen.written.at(-1)).toBe('\r\u001b[2K')
  })

  it('is silent for small files, and where nobody looks', () => {
    for (const [isTTY, bytes] of [
      [true, 1e6],
      [false, 1e9],
    ] as const) {
      const screen = terminal(isTTY)
      const progress = new Progress(screen, bytes)
      progress.update({ rows: 1, bytes: 1 })
      progress.erase()
      expect(screen.written).toEqual([])
    }
  })
})
