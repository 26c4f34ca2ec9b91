import { Type } from 'typebox'
import type { DemoStatus } from '../demo/control.ts'
import { Time } from './common.ts'

export const DemoSchema = Type.Unsafe<DemoStatus>(
  Type.Object(
    {
      simulated: Type.Literal(true),
      seed: Type.Integer(),
      speed: Type.Number({
        description: 'Units that arrive each second, over all experiments; 0 pauses the traffic.',
      }),
      unitsSent: Type.Integer({ description: 'Units whose exposure was sent since the start.' }),
      eventsSent: Type.Integer({ description: 'Events that were taken since the start.' }),
      refused: Type.Object({
        events: Type.Integer(),
        requests: Type.Integer(),
        last: Type.Optional(Type.Object({ code: Type.String(), message: Type.String(), at: Time })),
      }),
      history: Type.Object({
        days: Type.Number(),
        share: Type.Number({ description: 'Part of the simulated past that is made, 0 to 1.' }),
      }),
      scenarios: Type.Array(
        Type.Object({
          experiment: Type.String(),
          truth: Type.String({ description: 'What the visitors were made with.' }),
        }),
      ),
    },
    { description: 'Simulated traffic, which no person made.' },
  ),
)
