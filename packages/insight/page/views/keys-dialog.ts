import { button, create } from '../dom/create.js'

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'search all'],
  ['j  k', 'next request, the one before'],
  ['↓  ↑', 'the same, in the list; also Page Down, Home, End'],
  ['Enter', 'open the request'],
  ['Esc', 'close it; in the search, empty it'],
  ['c', 'copy the open request as curl'],
  ['t', 'copy it as a test'],
  ['p', 'pause, and go on'],
  ['x', 'clear the list'],
  ['1 – 4', 'requests, incidents, routes, explain'],
  ['?', 'these keys'],
]

/** Shows which keys there are. The browser closes it with Escape, and gives the focus back. */
export function showKeys(): void {
  const rows = KEYS.map(([keys, does]) =>
    create(
      'tr',
      {},
      create('th', { scope: 'row' }, ...keys.split('  ').map((key) => create('kbd', {}, key))),
      create('td', {}, does),
    ),
  )
  const dialog = create(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title' },
    create('h2', { id: 'keys-title' }, 'Keys'),
    create('table', {}, create('tbody', {}, ...rows)),
    button('Close', {}, () => dialog.close()),
  )
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
