import { distributions } from './methods/distributions.ts'
import type { VectorMethods } from './vector-method.ts'

/** Every method whose reference values can be checked; a family a file. */
export const methods: VectorMethods = {
  ...distributions,
}
