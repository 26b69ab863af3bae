import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'

/** What is asked for (GraphQL over HTTP): in the address, or in a body of JSON. */

const OBJECT = 'an object, such as {"first":3}'

const query = expecting('a query of GraphQL as text, such as "{ categories { slug } }"', z.string())
const operationName = expecting('the name of an operation in the query', z.string())
const object = z.record(z.string(), z.unknown())

/** What is no JSON stays a text, and is none of the objects that are expected. */
const objectText = expecting(
  OBJECT,
  z
    .string()
    .transform((text): unknown => {
      if (text === '') return undefined
      try {
        return JSON.parse(text)
      } catch {
        return text
      }
    })
    .pipe(object.optional()),
)

export const graphQuery = z.object({
  query,
  operationName: operationName.optional(),
  variables: objectText.optional(),
  extensions: objectText.optional(),
})

export const graphBody = expecting(
  'one JSON object, such as {"query":"{ categories { slug } }"}',
  z.object({
    query,
    operationName: operationName.nullish(),
    variables: expecting(OBJECT, object).nullish(),
    extensions: expecting(OBJECT, object).nullish(),
  }),
)
