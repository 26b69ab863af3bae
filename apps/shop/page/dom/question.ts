import { create } from './create.js'
import { type Control, createForm, field } from './form.js'

export interface Question {
  readonly title: string
  readonly text: string
  readonly control?: { readonly label: string; readonly element: Control }
  /** On the button that does it. */
  readonly yes: string
  readonly no: string
  /** Does it; what it throws is shown, and the question stays. */
  readonly act: () => Promise<void>
  /** When it is done, and the question is gone. */
  readonly done?: () => void
}

/**
 * Asks before something is done that can't be undone. Escape says no, and the focus goes back to where it was. It stands
 * in the view that asks, and goes away with it.
 */
export function ask(view: HTMLElement, { title, text, control, yes, no, act, done }: Question): void {
  const cancel = create('button', { class: 'button', type: 'button', onclick: () => dialog.close() }, no)
  const form = createForm({
    fields: [control === undefined ? null : field(control.label, control.element)],
    submit: yes,
    after: cancel,
    act: async () => {
      await act()
      dialog.close()
      done?.()
    },
  })
  const dialog = create(
    'dialog',
    { class: 'question', 'aria-labelledby': 'question-title', 'aria-describedby': 'question-text' },
    create('h2', { id: 'question-title' }, title),
    create('p', { id: 'question-text' }, text),
    form,
  )
  dialog.addEventListener('close', () => dialog.remove())
  view.append(dialog)
  dialog.showModal()
  ;(control?.element ?? cancel).focus()
}
