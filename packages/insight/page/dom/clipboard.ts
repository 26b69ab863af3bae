import { create } from './create.js'
import { notify } from './notice.js'

/** Copies a text; also where the page is not a secure context, as over plain HTTP from another machine. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    if (navigator.clipboard === undefined) copyBySelection(text)
    else await navigator.clipboard.writeText(text)
    notify(`Copied ${what}${text.includes('[redacted]') ? ', without its secrets' : ''}`)
  } catch {
    notify('The browser did not let it be copied')
  }
}

function copyBySelection(text: string): void {
  const focused = document.activeElement
  const area = create('textarea', { class: 'off-screen', 'aria-hidden': 'true' })
  area.value = text
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  if (!isCopied) throw new Error('not copied')
}
