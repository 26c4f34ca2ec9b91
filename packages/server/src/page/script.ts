/** Everything that moves on the page: copying, and the address under which the browser really sees us. */
export const SCRIPT = `
for (const element of document.querySelectorAll('[data-address]')) element.textContent = location.origin
const status = document.querySelector('[role=status]')
async function copy(code) {
  if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent)
  const range = document.createRange()
  range.selectNodeContents(code)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
  if (!document.execCommand('copy')) throw new Error('select and copy by hand')
}
for (const button of document.querySelectorAll('.code button')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const done = await copy(button.parentElement.querySelector('code')).then(() => true, () => false)
    button.textContent = done ? 'Copied' : 'Press Ctrl+C'
    status.textContent = done ? 'Copied to the clipboard' : 'Selected; copy it by hand'
    setTimeout(() => { button.textContent = 'Copy'; status.textContent = '' }, 1800)
  })
}
`
