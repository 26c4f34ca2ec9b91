import type { Scenario } from './scenario.ts'
import { aaCheck } from './scenarios/aa-check.ts'
import { checkoutRedirect } from './scenarios/checkout-redirect.ts'
import { freeShipping } from './scenarios/free-shipping.ts'
import { greetingTone } from './scenarios/greeting-tone.ts'
import { sendHour } from './scenarios/send-hour.ts'
import { welcomeEmail } from './scenarios/welcome-email.ts'

/**
 * What the demo shows, in the order in which it is made. The first is made when the history begins, the
 * last when it is complete; a start after an interruption goes by both.
 */
export const SCENARIOS: readonly Scenario[] = [
  welcomeEmail,
  greetingTone,
  checkoutRedirect,
  aaCheck,
  sendHour,
  freeShipping,
]
