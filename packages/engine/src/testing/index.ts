export { type EstimatorCases, estimatorSuite } from './estimator-suite.ts'
export { type SampleTestCases, sampleTestSuite } from './sample-test-suite.ts'
export { type StorageDriver, storageSuite } from './storage-suite.ts'
