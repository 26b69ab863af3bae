import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { pageSchema } from '../../../../http/contracts/shapes.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { productIfMatch } from '../input/entity-tag.js'
import { productListQuery } from '../input/product-list-query.js'
import { productPath } from '../input/product-path.js'
import { CATALOGUE_PROBLEMS } from '../problems.js'
import type { ProductShape } from '../versions/product-shape.js'

/** Who may write the catalogue. */
const WRITE = { permission: 'catalogue:write' } as const

const ETAG = { ETag: 'The version of the product in this notation; what `If-Match` takes.' }

const notFound = PROBLEMS['product-not-found']
const conflicts = [
  notFound,
  CATALOGUE_PROBLEMS['duplicate-sku'],
  CATALOGUE_PROBLEMS['stale-product'],
  PROBLEMS['precondition-required'],
] as const

/** Those of the products in one version of the API. */
export type ProductContracts = ReturnType<typeof productContracts>

/** What the routes of the products take and answer in one version of the API. */
export function productContracts(shape: ProductShape) {
  return { ...readingContracts(shape), ...writingContracts(shape) }
}

function readingContracts({ version, schema }: ProductShape) {
  const common = { method: 'get', tag: 'products' } as const
  return {
    listProducts: operation({
      ...common,
      id: 'listProducts',
      summary: 'Lists, filters, sorts and searches products',
      query: productListQuery,
      answers: {
        200: {
          description: 'One page, or the slice after a cursor. `Link` names the neighbours.',
          schema: z.object({
            items: z.array(schema),
            page: pageSchema.optional(),
            nextCursor: z.string().nullable(),
          }),
          shown: 'list',
          versions: [version],
          headers: { Link: 'RFC 8288: first, prev, next, last.' },
        },
      },
    }),
    readProduct: operation({
      ...common,
      id: 'readProduct',
      summary: 'Reads a product',
      params: productPath,
      answers: { 200: { description: 'The product.', ...oneProduct(version, schema) } },
      errors: [notFound],
    }),
  }
}

function writingContracts({ version, schema, body, changes }: ProductShape) {
  const common = { tag: 'products', security: WRITE } as const
  const product = oneProduct(version, schema)
  const ifMatch = productIfMatch(version)
  const changing = {
    ...common,
    params: productPath,
    headers: ifMatch,
    answers: { 200: { description: 'The product as it is now.', ...product } },
    errors: conflicts,
  } as const
  return {
    createProduct: operation({
      ...common,
      method: 'post',
      id: 'createProduct',
      summary: 'Creates a product',
      body,
      answers: {
        201: { description: 'It was created.', ...product, headers: { ...ETAG, Location: 'Where it is.' } },
      },
      errors: [CATALOGUE_PROBLEMS['duplicate-sku']],
    }),
    replaceProduct: operation({
      ...changing,
      method: 'put',
      id: 'replaceProduct',
      summary: 'Replaces a product that nobody has changed meanwhile',
      body,
    }),
    changeProduct: operation({
      ...changing,
      method: 'patch',
      id: 'changeProduct',
      summary: 'Changes the fields sent of a product that nobody has changed meanwhile',
      body: { 'application/json': changes, 'application/merge-patch+json': changes },
    }),
    removeProduct: operation({
      ...common,
      method: 'delete',
      id: 'removeProduct',
      summary: 'Removes a product; keeps to If-Match when it is there',
      params: productPath,
      headers: ifMatch.partial(),
      body: null,
      answers: { 204: { description: 'It is gone.' } },
      errors: [notFound, CATALOGUE_PROBLEMS['stale-product']],
    }),
  }
}

function oneProduct(version: ProductShape['version'], schema: ProductShape['schema']) {
  return { schema, shown: 'one', versions: [version], headers: ETAG } as const
}
