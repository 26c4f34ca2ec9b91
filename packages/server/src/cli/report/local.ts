import { Helios, HeliosError } from '@helios/engine'
import type { ReportFormat } from '../../report/formats.ts'
import { makeReport } from '../../report/make-report.ts'
import { RefusedError } from '../api.ts'
import { requireStoreFile } from '../store-argument.ts'

/** From the store itself, while no server has it open. An experiment that is not there is refused as a server would. */
export async function localReport(store: string, experiment: string, format: ReportFormat): Promise<string> {
  requireStoreFile(store)
  const helios = await Helios.open({ path: store })
  try {
    return await makeReport(helios, experiment, format)
  } catch (error) {
    if (error instanceof HeliosError && error.code === 'HEL_EXPERIMENT_NOT_FOUND') {
      throw new RefusedError({ code: error.code, detail: error.message })
    }
    throw error
  } finally {
    await helios.close()
  }
}
