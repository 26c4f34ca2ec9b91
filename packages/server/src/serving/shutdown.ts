import { setTimeout as delay } from 'node:timers/promises'
import type { Serving } from './serve.ts'

/** Time for requests in flight; the store is closed afterwards whether they are done or not. */
const REQUESTS_MILLISECONDS = 6000
const LIMIT_MILLISECONDS = 9500
/**
 * One Ctrl-C can arrive more than once: the terminal signals every process of the group, and npm and our
 * launcher pass on what they get. Signals this close together are the same wish.
 */
const SAME_SIGNAL_MILLISECONDS = 500

/** The first signal stops gracefully; a second one ends the process at once. */
export function stopOnSignals(serving: Serving): void {
  let firstAt: number | undefined
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = performance.now()
      void stop(serving)
    } else if (performance.now() - firstAt > SAME_SIGNAL_MILLISECONDS) process.exit(1)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, onSignal)
}

/** Takes no more requests, answers those in flight, makes everything durable, and ends the process. */
async function stop({ server, helios, logger }: Serving): Promise<void> {
  setTimeout(() => giveUp(logger), LIMIT_MILLISECONDS).unref()
  try {
    await Promise.race([server.close(), delay(REQUESTS_MILLISECONDS, undefined, { ref: false })])
    await helios.close()
    process.exit(0)
  } catch (error) {
    logger.fatal({ err: error }, 'the stop failed; the next start replays the log')
    process.exit(1)
  }
}

function giveUp(logger: Serving['logger']): void {
  logger.fatal('the stop took too long; the next start replays the log')
  process.exit(1)
}
