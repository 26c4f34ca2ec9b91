/** One of the calls that show a newcomer the whole loop; the start page and the terminal print the same. */
export interface FirstCall {
  readonly title: string
  readonly explanation: string
  /** Shell lines that work as they are, with the key in HELIOS_KEY. */
  readonly command: string
}

const EXPERIMENT = {
  key: 'greeting-tone',
  variants: [
    { key: 'calm', control: true, payload: { greeting: 'Hello.' } },
    { key: 'warm', payload: { greeting: 'Hey, good to see you!' } },
  ],
  metrics: { primary: ['satisfaction_rating'] },
}
const DECIDE = { experiment: EXPERIMENT.key, unit: 'user-42', expose: true }
const EVENTS = [{ id: 'first-rating', unit: 'user-42', metric: 'satisfaction_rating', value: 0.9 }]

/** @param url where the server is reached, without a slash at the end */
export function firstCalls(url: string): readonly FirstCall[] {
  const analysis = `/v1/experiments/${EXPERIMENT.key}/analysis`
  return [
    {
      title: 'Create and start an experiment',
      explanation: 'Two greetings, half of the users each. The metric is built in.',
      command: `${post(url, '/v1/experiments', EXPERIMENT)}\n${post(url, `/v1/experiments/${EXPERIMENT.key}/start`, {})}`,
    },
    {
      title: 'Decide',
      explanation: 'The same user always gets the same greeting. Using it at once records the exposure.',
      command: post(url, '/v1/decide', DECIDE),
    },
    {
      title: 'Send what happened',
      explanation: 'Answered when it is durable. Send it twice: it counts once.',
      command: post(url, '/v1/events', EVENTS),
    },
    {
      title: 'Read the analysis',
      explanation: 'Differences with intervals, the method behind each number, and what would make it wrong.',
      command: `curl -s ${url}${analysis} -H "Authorization: Bearer $HELIOS_KEY"`,
    },
  ]
}

function post(url: string, path: string, body: unknown): string {
  const headers = '-H "Authorization: Bearer $HELIOS_KEY" -H "Content-Type: application/json"'
  return `curl -s ${url}${path} ${headers} -d '${JSON.stringify(body)}'`
}
