export { HeliosProvider, HeliosWebProvider, type ProviderOptions } from './provider.ts'
export { ResolutionError, type ResolutionErrorCode } from './types.ts'
