import { ApiError } from '../api/api-error.js'
import { create } from './create.js'

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** A label, its control, a hint, and the place where what is wrong with it will be said. */
export function field(label: string, control: Control, hint = ''): HTMLElement {
  const id = control.id === '' ? `field-${control.name}` : control.id
  control.id = id
  const hintElement = hint === '' ? null : create('p', { class: 'hint', id: `${id}-hint` }, hint)
  const error = create('p', { class: 'field-error', id: `${id}-error` })
  control.setAttribute('aria-describedby', hint === '' ? error.id : `${id}-hint ${error.id}`)
  return create('div', { class: 'field' }, create('label', { for: id }, label), control, hintElement, error)
}

/** Why the page itself does not do what a form asks for. The message is for the visitor. */
export class FormRefusal extends Error {}

export interface FormParts {
  readonly fields: readonly (Node | null)[]
  readonly submit: string
  /** What follows the button. */
  readonly after?: Node
  /** Does it; what it throws is shown. */
  readonly act: () => Promise<void>
}

/** A form that checks itself, can't be sent twice at once, and says what the shop found wrong beside its fields. */
export function createForm({ fields, submit, after, act }: FormParts): HTMLFormElement {
  const failure = create('p', { class: 'form-error', role: 'alert' })
  const button = create('button', { class: 'button primary', type: 'submit' }, submit)
  const actions = create('div', { class: 'actions' }, button, after ?? null)
  const form = create('form', { class: 'form', novalidate: true }, failure, ...fields, actions)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (button.getAttribute('aria-disabled') === 'true') return
    clear(form, failure)
    if (!showInvalid(form)) return
    // Not `disabled`: that would take the focus away.
    button.setAttribute('aria-disabled', 'true')
    act()
      .catch((error: unknown) => showFailure(form, failure, error))
      .finally(() => button.removeAttribute('aria-disabled'))
  })
  return form
}

function clear(form: HTMLFormElement, failure: HTMLElement): void {
  failure.textContent = ''
  for (const control of controlsOf(form)) mark(control, '')
}

/** Marks what the browser finds wrong, and goes to the first of it. */
function showInvalid(form: HTMLFormElement): boolean {
  const invalid = controlsOf(form).filter((control) => !control.checkValidity())
  for (const control of invalid) mark(control, control.validationMessage)
  invalid[0]?.focus()
  return invalid.length === 0
}

function showFailure(form: HTMLFormElement, failure: HTMLElement, error: unknown): void {
  if (error instanceof FormRefusal) {
    failure.textContent = error.message
    return
  }
  const issues = error instanceof ApiError ? error.issues : []
  const known = issues.flatMap(({ path, message }) => {
    const control = controlsOf(form).find((each) => each.name !== '' && path.includes(each.name))
    if (control !== undefined) mark(control, `This ${message}.`)
    return control ?? []
  })
  known[0]?.focus()
  if (known.length === 0) failure.textContent = ApiError.messageOf(error)
}

function mark(control: Control, message: string): void {
  if (message === '') control.removeAttribute('aria-invalid')
  else control.setAttribute('aria-invalid', 'true')
  const error = document.getElementById(`${control.id}-error`)
  if (error !== null) error.textContent = message
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll<Control>('input, select, textarea')]
}
