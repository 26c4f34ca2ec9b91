import { Type } from 'typebox'
import type { App, Context } from '../app.ts'
import { EVENT_BODY_LIMIT_BYTES, type EventBody, explainMalformed, parseEventBodies } from '../event-body.ts'
import { INVALID, listOf, REFUSALS, ref } from '../schemas/components.ts'
import { documentedOnly } from '../validation.ts'

export function eventRoutes(app: App, { helios, telemetry }: Context): void {
  parseEventBodies(app)
  app.post(
    '/v1/events',
    {
      config: { access: ['ingest'] },
      bodyLimit: EVENT_BODY_LIMIT_BYTES,
      validatorCompiler: documentedOnly,
      schema: {
        summary: 'Send exposures and outcomes',
        description:
          'A JSON array, `{"events": […]}`, or NDJSON with one event a line. The answer comes when all ' +
          'that is not rejected is durable. Send ids made once per event, and repeat a request that ' +
          'failed: nothing counts twice.',
        tags: ['loop'],
        consumes: ['application/json', 'application/x-ndjson'],
        body: Type.Union([listOf('Event'), Type.Object({ events: listOf('Event') })]),
        response: { 200: ref('Receipt'), ...INVALID, 413: ref('Problem'), 415: ref('Problem'), ...REFUSALS },
      },
    },
    async (request) => {
      const { events, malformed } = request.body as unknown as EventBody
      const receipt = explainMalformed(await helios.observe(events), malformed)
      telemetry.countEvents(receipt)
      return receipt
    },
  )
}
