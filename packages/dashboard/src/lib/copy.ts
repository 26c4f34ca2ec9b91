/**
 * Puts the text of an element on the clipboard; false when the browser refuses, and then the text stays
 * selected. Servers are often reached by plain HTTP inside a house, where the newer interface is missing.
 */
export async function copyTextOf(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent ?? '')
    return true
  } catch {
    getSelection()?.selectAllChildren(element)
    return document.execCommand('copy')
  }
}
