export { type StorageDriver, storageSuite } from './storage-suite.ts'
