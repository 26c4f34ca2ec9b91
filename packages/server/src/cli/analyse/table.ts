export * from '../../../../engine/src/table/index.ts'
