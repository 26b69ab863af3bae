import { z } from 'zod'
import { Money } from '../../../../domain/money.js'
import { CATALOGUE_CURRENCY, PRODUCT_LIMITS } from '../../domain/product.js'
import { component } from '../../../../http/contracts/component.js'
import { expecting } from '../../../../http/input/expectation.js'
import { line, lines } from '../../../../http/input/text.js'

const { nameLength, descriptionLength, price, stock } = PRODUCT_LIMITS

/** The fields of a product as version 1 reads them. */
export const PRODUCT_FIELDS = {
  sku: expecting(
    '3 to 32 capital letters, digits and hyphens, such as "TEA-0103"',
    z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,30}[A-Z0-9]$/),
  ),
  name: expecting(`a line of text with 1 to ${nameLength} characters`, line(1, nameLength)),
  description: expecting(`text with at most ${descriptionLength} characters`, lines(descriptionLength)),
  category: expecting(
    'the slug of a category, such as "tea-and-coffee"',
    z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .max(60),
  ),
  price: expecting(
    `an amount and a currency, such as {"amount":1290,"currency":"${CATALOGUE_CURRENCY}"}`,
    z
      .strictObject({
        amount: expecting(`a whole number of cents from 0 to ${price}`, z.int().min(0).max(price)),
        currency: expecting(`"${CATALOGUE_CURRENCY}"`, z.literal(CATALOGUE_CURRENCY)),
      })
      .transform(({ amount, currency }) => Money.of(amount, currency)),
  ),
  stock: expecting(`a whole number of pieces from 0 to ${stock}`, z.int().min(0).max(stock)),
}

/** One as it is sent, for documents. */
const EXAMPLE = {
  sku: 'TEA-9001',
  name: 'Travel Teapot',
  description: 'For the way there.',
  category: 'tea-and-coffee',
  price: { amount: 4900, currency: CATALOGUE_CURRENCY },
  stock: 12,
}

const EXPECTED_OBJECT = 'a JSON object with the fields of a product'

/** All of a product: for a new one, and to replace one. */
export const productBody = component(
  'NewProductV1',
  expecting(
    EXPECTED_OBJECT,
    z.strictObject({ ...PRODUCT_FIELDS, description: PRODUCT_FIELDS.description.default('') }),
  ).meta({ examples: [EXAMPLE] }),
)

/** Some of a product: the fields that are to change. */
export const productChanges = component(
  'ProductChangesV1',
  expecting(
    EXPECTED_OBJECT,
    z
      .strictObject(PRODUCT_FIELDS)
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        params: {
          problem: 'has no fields',
          expected: `at least one of ${Object.keys(PRODUCT_FIELDS).join(', ')}`,
        },
        // Who sent only what is not known is told that, and not this too.
        when: ({ issues }) => issues.length === 0,
      }),
  ).meta({ examples: [{ stock: 11 }] }),
)
