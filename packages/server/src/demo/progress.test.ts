import { stripVTControlCharacters } from 'node:util'
import { manualClock } from '@helios/engine'
import { expect, it } from 'vitest'
import { HistoryProgress, progressLine } from './progress.ts'

function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => void written.push(text) }
}

it('tells how far it is, in one line that is written over', () => {
  const clock = manualClock(1000)
  const shown = terminal(true)
  const progress = new HistoryProgress(shown, clock)
  for (const share of [0.1, 0.2, 0.5]) {
    progress.update(share, 6)
    clock.advance(60)
  }
  expect(shown.written.map(stripVTControlCharacters)).toEqual([
    `\r${progressLine(0.1, 6)}`,
    `\r${progressLine(0.5, 6)}`,
  ])
  expect(progressLine(0.5, 6)).toBe('  ████████████░░░░░░░░░░░░ 50 %  simulating day 4 of 6')
  expect(progressLine(1, 6)).toMatch(/100 % {2}simulating day 6 of 6$/)
  shown.written.length = 0
  progress.end(1234)
  expect(stripVTControlCharacters(shown.written.join(''))).toContain('1,234 events in 0.2 s')
})

it('never breaks the line of a narrow terminal', () => {
  const narrow = terminal(true, 20)
  new HistoryProgress(narrow, manualClock(0)).update(0.5, 6)
  expect(stripVTControlCharacters(narrow.written.join('')).trim().length).toBeLessThan(20)
})

it('is silent where nobody would see it', () => {
  const pipe = terminal(false)
  const progress = new HistoryProgress(pipe, manualClock(0))
  progress.update(0.5, 6)
  progress.end(10)
  progress.erase()
  expect(pipe.written).toEqual([])
})
