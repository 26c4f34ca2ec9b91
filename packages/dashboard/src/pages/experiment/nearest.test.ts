import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

const KEYS = ['greeting-tone', 'welcome-email', 'checkout-redirect']

it.each([
  ['greting-tone', 'greeting-tone'],
  ['Welcome-Emial', 'welcome-email'],
  ['checkout', 'checkout-redirect'],
  ['zzz', undefined],
  ['', undefined],
])('%s means %s', (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant)
})
