/** The same exports as the package, which declares types for its parts only. */
declare module 'echarts/dist/echarts.esm.min.mjs' {
  export * from 'echarts'
}
