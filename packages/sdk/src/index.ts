export {
  checkSlots,
  coverageSalt,
  holdoutSalt,
  layerSalt,
  POINTS,
  shareToBound,
  slotsFromWeights,
  variantSalt,
  type Weights,
} from './assignment.ts'
export * from './client/index.ts'
export { compileCondition, DEEPEST_CONDITION, LARGEST_CONDITION, type Predicate } from './condition.ts'
export { conditionProblems } from './condition-problems.ts'
export type * from './documents.ts'
export { type CompiledExperiment, compileExperiment, type DecideOptions, decide } from './evaluate.ts'
export { createHasher } from './murmur3.ts'
export type * from './power.ts'
export { reallocate } from './reallocate.ts'
export type * from './results.ts'
export { isUuid, uuidv7 } from './uuid.ts'
export * from './wire.ts'
