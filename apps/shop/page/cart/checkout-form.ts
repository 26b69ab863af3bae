import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { request } from '../session/request.js'

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

/** Where the cart shall go. Calls back with the id of the order. */
export function createCheckout(placed: (order: string) => void): HTMLFormElement {
  const country = choice('country', COUNTRIES, 'NL')
  country.setAttribute('autocomplete', 'country')
  const postalCode = create('input', {
    name: 'postalCode',
    required: true,
    minlength: 2,
    maxlength: 10,
    pattern: '[A-Za-z0-9][A-Za-z0-9 \\-]{0,8}[A-Za-z0-9]',
    autocomplete: 'postal-code',
  })
  const level = choice('level', LEVELS, 'standard')
  /** The key of an order, and what it is for: sent again, it is the same order; for anything else there is another key. */
  let sent = { key: '', body: '' }
  return createForm({
    fields: [
      field('Country', country),
      field('Postal code', postalCode, 'Letters, digits, spaces and hyphens: 1012 AB'),
      field('Delivery', level),
    ],
    submit: 'Place order',
    act: async () => {
      const json = {
        shipTo: { country: country.value, postalCode: postalCode.value.trim() },
        level: level.value,
      }
      const body = JSON.stringify(json)
      if (sent.body !== body) sent = { key: crypto.randomUUID(), body }
      const headers = { 'Idempotency-Key': sent.key }
      const { value } = await request<{ id: string }>('/orders', { method: 'POST', json, headers })
      sent = { key: '', body: '' }
      placed(value.id)
    },
  })
}

function choice(name: string, options: Readonly<Record<string, string>>, chosen: string): HTMLSelectElement {
  const items = Object.entries(options).map(([value, text]) =>
    create('option', { value, selected: value === chosen }, text),
  )
  return create('select', { name }, ...items)
}
