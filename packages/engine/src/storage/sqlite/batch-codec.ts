import { EventBatch, EXPOSURE } from '../../event-batch.ts'
import { packId, unpackId } from './packed-id.ts'

/**
 * One commit as bytes: its columns one behind another, little-endian, widest first so that each begins at
 * a multiple of its size.
 *
 * | part | bytes |
 * |---|---|
 * | header: layout 2, events n, exposures e, bytes of other ids | 16 |
 * | at, value: doubles | 16 n |
 * | unit, subject: 32 bits | 8 n |
 * | version, policy version: 32 bits, of the exposures alone, in their order | 8 e |
 * | combination of dimension values: 32 bits, of the exposures alone; not in layout 1 | 4 e |
 * | ids: UUIDs; zeros where the id is another text | 16 n |
 * | variant: 16 bits, of the exposures alone | 2 e |
 * | kind | n |
 * | other ids: JSON array of [index, text] | as the header says |
 *
 * Layout 1 was written by earlier releases and is read for ever.
 */
export function encodeBatch(batch: EventBatch): Uint8Array {
  const n = batch.length
  const exposures = exposuresOf(batch)
  const e = exposures.length
  const ids = new Uint8Array(16 * n)
  const others: [number, string][] = []
  for (let i = 0; i < n; i++) {
    const id = batch.ids[i] as string
    if (packId(id, ids, 16 * i)) continue
    ids.fill(0, 16 * i, 16 * i + 16)
    others.push([i, id])
  }
  const otherIds = others.length === 0 ? new Uint8Array(0) : new TextEncoder().encode(JSON.stringify(others))
  const bytes = new Uint8Array(HEADER_BYTES + 41 * n + bytesPerExposure(LAYOUT) * e + otherIds.length)
  let offset = 0
  const write = (column: Column) => {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += column.byteLength
  }
  write(Uint32Array.of(LAYOUT, n, e, otherIds.length))
  write(batch.at.subarray(0, n))
  write(batch.value.subarray(0, n))
  write(batch.unit.subarray(0, n))
  write(batch.subject.subarray(0, n))
  write(Uint32Array.from(exposures, (i) => batch.version[i] as number))
  write(Int32Array.from(exposures, (i) => batch.policyVersion[i] as number))
  write(Uint32Array.from(exposures, (i) => batch.combination[i] as number))
  write(ids)
  write(Uint16Array.from(exposures, (i) => batch.variant[i] as number))
  write(batch.kind.subarray(0, n))
  write(otherIds)
  return bytes
}

export function decodeBatch(bytes: Uint8Array, firstPosition: number, receivedAt: number): EventBatch {
  const { buffer } = bytes.slice() // Columns need a buffer that begins where they do.
  const [layout = 0, n = 0, e = 0, otherBytes = 0] = new Uint32Array(buffer, 0, 4)
  const size = HEADER_BYTES + 41 * n + bytesPerExposure(layout) * e + otherBytes
  if (layout < OLDEST_LAYOUT || layout > LAYOUT || bytes.length !== size) {
    throw new RangeError(`The commit at ${firstPosition} is damaged`)
  }
  let offset = HEADER_BYTES
  const next = (size: number) => {
    offset += size
    return offset - size
  }
  const at = new Float64Array(buffer, next(8 * n), n)
  const value = new Float64Array(buffer, next(8 * n), n)
  const unit = new Uint32Array(buffer, next(4 * n), n)
  const subject = new Uint32Array(buffer, next(4 * n), n)
  const versions = new Uint32Array(buffer, next(4 * e), e)
  const policyVersions = new Int32Array(buffer, next(4 * e), e)
  const c = layout === OLDEST_LAYOUT ? 0 : e
  const combinations = new Uint32Array(buffer, next(4 * c), c)
  const ids = new Uint8Array(buffer, next(16 * n), 16 * n)
  const variants = new Uint16Array(buffer, next(2 * e), e)
  const kind = new Uint8Array(buffer, next(n), n)
  const others = new Uint8Array(buffer, next(otherBytes), otherBytes)
  const batch = EventBatch.of(firstPosition, receivedAt, { kind, at, unit, subject, value }, () =>
    idsOf(ids, others),
  )
  let exposure = 0
  for (let i = 0; e > 0 && i < n; i++) {
    if (kind[i] !== EXPOSURE) continue
    batch.variant[i] = variants[exposure] as number
    batch.version[i] = versions[exposure] as number
    batch.policyVersion[i] = policyVersions[exposure] as number
    batch.combination[i] = combinations[exposure] ?? 0
    exposure += 1
  }
  return batch
}

type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

const OLDEST_LAYOUT = 1
const LAYOUT = 2
const HEADER_BYTES = 16

function bytesPerExposure(layout: number): number {
  return layout === OLDEST_LAYOUT ? 10 : 14
}

function exposuresOf(batch: EventBatch): number[] {
  const exposures: number[] = []
  for (let i = 0; i < batch.length; i++) if (batch.kind[i] === EXPOSURE) exposures.push(i)
  return exposures
}

function idsOf(packed: Uint8Array, others: Uint8Array): string[] {
  const ids = Array.from({ length: packed.length / 16 }, (_, i) => unpackId(packed, 16 * i))
  if (others.length === 0) return ids
  for (const [i, id] of JSON.parse(new TextDecoder().decode(others)) as [number, string][]) ids[i] = id
  return ids
}
