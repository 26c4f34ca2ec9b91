import type { BuiltChart } from '@helios/charts'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { DrawnChart } from './runtime.ts'

interface Props {
  readonly built: BuiltChart
  readonly width: number
  readonly start: (element: HTMLElement) => DrawnChart
}

/** Parts that are replaced as a whole, since their number may change; series keep their identity by `id`. */
const REPLACED = ['series', 'xAxis', 'yAxis', 'grid', 'legend', 'title']

/** The drawing itself: begun once, then kept up to date in place, and disposed of when it leaves. */
export function Canvas({ built, width, start }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<DrawnChart>(undefined)
  const isStill = useReducedMotion()

  useEffect(() => {
    if (box.current === null) return
    const drawn = start(box.current)
    chart.current = drawn
    return () => {
      chart.current = undefined
      drawn.dispose()
    }
  }, [start])

  useEffect(() => {
    const drawn = chart.current
    if (drawn === undefined) return
    const { height } = built
    // Resizing draws at once, so only when there is something to resize.
    if (drawn.getWidth() !== width || drawn.getHeight() !== height)
      drawn.resize({ width, height, silent: true })
    const option = { ...built.option, animation: !isStill }
    drawn.setOption(option, { lazyUpdate: true, replaceMerge: REPLACED })
  }, [built, width, isStill])

  return <div ref={box} style={{ width: '100%', height: built.height }} aria-hidden />
}
