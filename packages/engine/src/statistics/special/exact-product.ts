const SPLITTER = 2 ** 27 + 1

/**
 * Rounding error of a product: x·y − fl(x·y), exactly, for products between 1e-270 and 1e300.
 *
 * Source: Dekker 1971, section 5, doi:10.1007/BF01397083.
 */
export function productError(x: number, y: number): number {
  const product = x * y
  const xHigh = upperHalf(x)
  const yHigh = upperHalf(y)
  const xLow = x - xHigh
  const yLow = y - yHigh
  return xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow)
}

/** c − x·y as if the product were not rounded. */
export function differenceFromProduct(c: number, x: number, y: number): number {
  return c - x * y - productError(x, y)
}

/** The upper 26 bits of a number. */
function upperHalf(x: number): number {
  const scaled = SPLITTER * x
  return scaled - (scaled - x)
}
