import { ApiError } from '../api/api-error.js'
import { success } from '../api/client.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { asVisitor } from '../session/visitor.js'

const COUNTRIES = {
  AT: 'Austria',
  BE: 'Belgium',
  DE: 'Germany',
  ES: 'Spain',
  FR: 'France',
  GB: 'United Kingdom',
  IE: 'Ireland',
  IT: 'Italy',
  JP: 'Japan',
  NL: 'Netherlands',
  PL: 'Poland',
  US: 'United States',
}

const LEVELS = { standard: 'Standard', express: 'Express', pickup: 'Pick it up yourself' }

const NOTHING = { key: '', body: '' }

export interface Checkout {
  /** What is shown to be ordered, as one text. */
  readonly goods: () => string
  /** Sees to it that the shop has what was typed; throws when it has not. */
  readonly store: () => Promise<void>
  /** Throws when the shop has something else in the cart than what is shown. */
  readonly compare: () => Promise<void>
  /** Is called with the id of the order. */
  readonly placed: (order: string) => void
}

/** Where the cart shall go. */
export function createCheckout({ goods, store, compare, placed }: Checkout): HTMLFormElement {
  const country = createChoice('country', COUNTRIES, 'NL')
  country.element.setAttribute('autocomplete', 'country')
  const postalCode = create('input', {
    name: 'postalCode',
    required: true,
    minlength: 2,
    maxlength: 10,
    pattern: '[A-Za-z0-9][A-Za-z0-9 \\-]{0,8}[A-Za-z0-9]',
    autocomplete: 'postal-code',
  })
  const level = createChoice('level', LEVELS, 'standard')
  /** The key of an order, and what it is for: sent again, it is the same order; for anything else there is another key. */
  let sent = NOTHING
  return createForm({
    fields: [
      field('Country', country.element),
      field('Postal code', postalCode, 'Letters, digits, spaces and hyphens: 1012 AB'),
      field('Delivery', level.element),
    ],
    submit: 'Place order',
    act: async () => {
      const body = {
        shipTo: { country: country.read(), postalCode: postalCode.value.trim() },
        level: level.read(),
      }
      await store()
      const bodyNow = (): string => JSON.stringify(body) + goods()
      // What was sent before and got no answer may have been ordered, and the cart be empty: it is asked for again.
      if (sent.body !== bodyNow()) {
        await compare()
        sent = { key: crypto.randomUUID(), body: bodyNow() }
      }
      const headers = { 'Idempotency-Key': sent.key }
      try {
        const { data } = await success(asVisitor.post('/v1/orders', { body, headers }))
        sent = NOTHING
        placed(data.id)
      } catch (error) {
        // It was refused: there is no order that could be asked for again.
        if (error instanceof ApiError && error.status < 500) sent = NOTHING
        throw error
      }
    },
  })
}

/** One of some things: their names, and what they are called. */
function createChoice<Options extends Readonly<Record<string, string>>>(
  name: string,
  options: Options,
  chosen: keyof Options,
): { readonly element: HTMLSelectElement; read(): keyof Options } {
  const items = Object.entries(options).map(([value, text]) =>
    create('option', { value, selected: value === chosen }, text),
  )
  const element = create('select', { name }, ...items)
  return { element, read: () => (isOneOf(options, element.value) ? element.value : chosen) }
}

function isOneOf<Options extends object>(options: Options, name: PropertyKey): name is keyof Options {
  return Object.hasOwn(options, name)
}
