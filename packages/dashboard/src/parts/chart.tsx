import { type BuiltChart, type ChartTheme, chartTheme } from '@helios/charts'
import { Alert, Button, Group, Skeleton, Stack, Text, useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { Canvas } from './chart/canvas.tsx'
import classes from './chart/chart.module.css'
import { ChartTable } from './chart/chart-table.tsx'
import { useRuntime } from './chart/use-runtime.ts'

interface ChartProps {
  /**
   * Makes the chart for the colour scheme and width that it has: `(theme) => forestPlot({ …, theme })`. It is
   * drawn again whenever this function is another one, so keep it with `useCallback` where a page renders
   * often.
   */
  readonly make: (theme: ChartTheme) => BuiltChart
  /** What the chart shows, as a heading would say it. */
  readonly label: string
}

/** A chart that fills its box, follows the colour scheme, and is there in words and as a table too. */
export function Chart({ make, label }: ChartProps) {
  const scheme = useComputedColorScheme('light')
  const { ref, width } = useElementSize()
  const state = useRuntime()
  const built = useMemo(() => make(chartTheme(scheme, Math.round(width))), [make, scheme, width])
  return (
    <figure className={classes.figure} ref={ref}>
      {state.status === 'failed' ? (
        <NotLoaded attempts={state.attempts} height={built.height} onRetry={state.retry} />
      ) : (
        <div role="img" aria-label={`${label}. ${built.summary}`} aria-busy={state.status === 'loading'}>
          {state.status === 'ready' && width > 0 ? (
            <Canvas built={built} width={Math.round(width)} start={state.runtime.start} />
          ) : (
            <Skeleton height={built.height} radius="md" />
          )}
        </div>
      )}
      <ChartTable table={built.table} label={label} />
    </figure>
  )
}

interface NotLoadedProps {
  readonly attempts: number
  readonly height: number
  readonly onRetry: () => void
}

/** Browsers may remember that a part was missing; then only loading the page again helps. */
function NotLoaded({ attempts, height, onRetry }: NotLoadedProps) {
  return (
    <Alert color="yellow" icon={<IconPlugConnectedX />} title="The chart could not be drawn" mih={height}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          The part of the pages that draws charts did not arrive; the server may be restarting. The numbers
          are in the table below.
        </Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            Try again
          </Button>
          {attempts > 1 ? (
            <Button size="compact-sm" variant="default" onClick={() => location.reload()}>
              Load the page again
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Alert>
  )
}
