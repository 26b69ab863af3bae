import { z } from 'zod'
import { CURRENCY_DIGITS, Money } from '../../../../domain/money.js'
import { expecting } from '../../../../http/input/expectation.js'
import { component } from '../../../../http/contracts/component.js'
import { CATALOGUE_CURRENCY, PRODUCT_LIMITS } from '../../domain/product.js'
import { PRODUCT_FIELDS } from './product-body.js'

const DIGITS = CURRENCY_DIGITS[CATALOGUE_CURRENCY]
const MAX_PRICE = Money.of(PRODUCT_LIMITS.price, CATALOGUE_CURRENCY).toDecimal()

/** `12.9` and `12.90` in minor units. Text, not a number: 0.1 + 0.2 is not the business of a price. */
const decimalAmount = expecting(
  `a decimal number as text from "0" to "${MAX_PRICE}", such as "12.90"`,
  z
    .string()
    .regex(new RegExp(String.raw`^\d{1,7}(?:\.\d{1,${DIGITS}})?$`))
    .transform((text) => {
      const [whole = '0', fraction = ''] = text.split('.')
      return Number(whole + fraction.padEnd(DIGITS, '0'))
    })
    .pipe(z.int().max(PRODUCT_LIMITS.price)),
)

const { stock, price: _price, ...SAME } = PRODUCT_FIELDS

/** The fields of a product as version 2 reads them. */
const FIELDS = {
  ...SAME,
  price: expecting(
    `an amount and a currency, such as {"amount":"12.90","currency":"${CATALOGUE_CURRENCY}"}`,
    z
      .strictObject({
        amount: decimalAmount,
        currency: expecting(`"${CATALOGUE_CURRENCY}"`, z.literal(CATALOGUE_CURRENCY)),
      })
      .transform(({ amount, currency }) => Money.of(amount, currency)),
  ),
  availability: expecting('an object such as {"pieces":12}', z.strictObject({ pieces: stock })),
}

/** One as it is sent, for documents. */
const EXAMPLE = {
  sku: 'TEA-9001',
  name: 'Travel Teapot',
  description: 'For the way there.',
  category: 'tea-and-coffee',
  price: { amount: '49.00', currency: CATALOGUE_CURRENCY },
  availability: { pieces: 12 },
}

const EXPECTED_OBJECT = 'a JSON object with the fields of a product'

export const productBodyV2 = component(
  'NewProductV2',
  expecting(
    EXPECTED_OBJECT,
    z
      .strictObject({ ...FIELDS, description: FIELDS.description.default('') })
      .transform(({ availability, ...details }) => ({ ...details, stock: availability.pieces })),
  ).meta({ examples: [EXAMPLE] }),
)

export const productChangesV2 = component(
  'ProductChangesV2',
  expecting(
    EXPECTED_OBJECT,
    z
      .strictObject(FIELDS)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        params: { problem: 'has no fields', expected: `at least one of ${Object.keys(FIELDS).join(', ')}` },
        // Who sent only what is not known is told that, and not this too.
        when: ({ issues }) => issues.length === 0,
      })
      .transform(({ availability, ...changes }) =>
        availability === undefined ? changes : { ...changes, stock: availability.pieces },
      ),
  ).meta({ examples: [{ availability: { pieces: 11 } }] }),
)
