import { manualClock } from '@helios/engine'
import { expect, it } from 'vitest'
import { LoginAttempts } from './login-attempts.ts'

const START = 1_700_000_000_000
const refused = (seconds: number) =>
  expect.objectContaining({ code: 'HEL_TOO_MANY_ATTEMPTS', retryAfterSeconds: seconds })

it('lets ten failures pass in a minute, and not one more', () => {
  const clock = manualClock(START)
  const attempts = new LoginAttempts(clock)
  for (let failure = 0; failure < 10; failure++) {
    attempts.requireAllowed('10.0.0.1')
    attempts.recordFailure('10.0.0.1')
    clock.advance(1000)
  }
  expect(() => attempts.requireAllowed('10.0.0.1')).toThrow(refused(50))
  expect(() => attempts.requireAllowed('10.0.0.2')).not.toThrow()
  clock.advance(49_999)
  expect(() => attempts.requireAllowed('10.0.0.1')).toThrow(refused(1))
  clock.advance(1)
  expect(() => attempts.requireAllowed('10.0.0.1')).not.toThrow()
  attempts.recordFailure('10.0.0.1')
  expect(() => attempts.requireAllowed('10.0.0.1')).toThrow(refused(1))
})

it('forgets the address that failed longest ago when there are very many', () => {
  const attempts = new LoginAttempts(manualClock(START))
  const fail = (address: string) => {
    for (let failure = 0; failure < 10; failure++) attempts.recordFailure(address)
  }
  fail('first')
  fail('second')
  for (let other = 0; other < 9998; other++) attempts.recordFailure(`other-${other}`)
  expect(() => attempts.requireAllowed('first')).toThrow(refused(60))
  attempts.recordFailure('one too many')
  expect(() => attempts.requireAllowed('first')).not.toThrow()
  expect(() => attempts.requireAllowed('second')).toThrow(refused(60))
})
