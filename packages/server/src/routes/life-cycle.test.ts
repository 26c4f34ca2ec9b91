import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRunning, type Harness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await createRunning()
})
afterAll(() => harness.close())

it.each([
  ['pause', {}],
  ['resume', { 'content-type': 'application/json' }],
  ['cancel', { 'content-type': 'application/json', 'content-length': '0' }],
] as const)('takes %s without a body, with the headers %j', async (action, headers) => {
  const answer = await harness.call('POST', `/v1/experiments/greeting/${action}`, undefined, { headers })
  expect(answer.statusCode).toBe(200)
})

it('still refuses a body that is no JSON', async () => {
  const answer = await harness.call('POST', '/v1/experiments/greeting/pause', '{')
  expect(answer.json()).toMatchObject({ status: 400, code: 'HEL_REQUEST_INVALID' })
})
