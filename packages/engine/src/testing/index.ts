export { type EstimatorCases, estimatorSuite } from './estimator-suite.ts'
export { type StorageDriver, storageSuite } from './storage-suite.ts'
