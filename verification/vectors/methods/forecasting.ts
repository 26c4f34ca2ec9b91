import {
  pointForecasts,
  type SmoothingShape,
  smooth,
} from '../../../packages/engine/src/statistics/forecasting/exponential-smoothing.ts'
import type { VectorMethods } from '../vector-method.ts'

interface HoltWinters {
  readonly y: readonly number[]
  readonly alpha: number
  readonly beta: number | null
  readonly gamma: number | null
  readonly phi: number | null
  readonly m: number
  readonly seasonal: 'add' | 'mul' | null
  readonly level0: number
  readonly trend0: number | null
  readonly seasonal0: readonly number[] | null
  readonly h: number
}

const SEASONS = { add: 'additive', mul: 'multiplicative' } as const

export const forecasting: VectorMethods = {
  'holt-winters': {
    title:
      'exponential smoothing recursions with given parameters and states: SES, Holt, damped, Holt-Winters additive / multiplicative',
    compute: ({ y, alpha, beta, gamma, phi, m, seasonal, level0, trend0, seasonal0, h }: HoltWinters) => {
      const shape: SmoothingShape = {
        trend: trend0 === null ? 'none' : phi === null ? 'additive' : 'damped',
        season: seasonal === null ? 'none' : SEASONS[seasonal],
        period: Math.max(1, m),
      }
      const parameters = { level: alpha, trend: beta ?? 0, season: gamma ?? 0, damping: phi ?? 1 }
      const start = { level: level0, trend: trend0 ?? 0, season: seasonal0 ?? [] }
      const { fitted, sumOfSquares, state } = smooth(y, shape, parameters, start)
      return {
        fitted: [...fitted],
        forecast: pointForecasts(shape, parameters, state, y.length, h),
        sse: sumOfSquares,
      }
    },
  },
}
