import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import type { OperationDescription } from '../../../http/openapi/operation.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { categorySchema } from './category-representation.js'
import { exportQuery } from './input/export-query.js'
import { productListQuery } from './input/product-list-query.js'
import { productPath } from './input/product-path.js'
import { CATALOGUE_PROBLEMS } from './problems.js'
import type { ProductShape } from './versions/product-shape.js'

/** Who may write the catalogue. */
const WRITE = { permission: 'catalogue:write' } as const

const ETAG = { ETag: 'The version of the product in this notation; what `If-Match` takes.' }

const ifMatch = z.object({
  'If-Match': expecting('the ETag of the product as you read it, or *', z.string()),
})

const pageOfList = z.object({ number: z.int(), size: z.int(), items: z.int(), pages: z.int() })

/** What the OpenAPI document says of the products in one version. */
export function describeProducts({ schema, body, changes }: ProductShape): readonly OperationDescription[] {
  const tag = 'products'
  const product = { schema, shown: 'one', headers: ETAG } as const
  const notFound = CATALOGUE_PROBLEMS['product-not-found']
  const conflicts = [
    notFound,
    CATALOGUE_PROBLEMS['duplicate-sku'],
    CATALOGUE_PROBLEMS['stale-product'],
    PROBLEMS['precondition-required'],
  ]
  return [
    {
      method: 'get',
      path: '/',
      id: 'listProducts',
      tag,
      summary: 'Lists, filters, sorts and searches products',
      parameters: { query: productListQuery },
      answers: {
        200: {
          description: 'One page, or the slice after a cursor. `Link` names the neighbours.',
          schema: z.object({
            items: z.array(schema),
            page: pageOfList.optional(),
            nextCursor: z.string().nullable(),
          }),
          shown: 'list',
          headers: { Link: 'RFC 8288: first, prev, next, last.' },
        },
      },
    },
    {
      method: 'post',
      path: '/',
      id: 'createProduct',
      tag,
      summary: 'Creates a product',
      body: { schema: body },
      answers: {
        201: { description: 'It was created.', ...product, headers: { ...ETAG, Location: 'Where it is.' } },
      },
      errors: [CATALOGUE_PROBLEMS['duplicate-sku']],
      security: WRITE,
    },
    {
      method: 'get',
      path: '/{id}',
      id: 'readProduct',
      tag,
      summary: 'Reads a product',
      parameters: { path: productPath },
      answers: { 200: { description: 'The product.', ...product } },
      errors: [notFound],
    },
    {
      method: 'put',
      path: '/{id}',
      id: 'replaceProduct',
      tag,
      summary: 'Replaces a product that nobody has changed meanwhile',
      parameters: { path: productPath, header: ifMatch },
      body: { schema: body },
      answers: { 200: { description: 'The product as it is now.', ...product } },
      errors: conflicts,
      security: WRITE,
    },
    {
      method: 'patch',
      path: '/{id}',
      id: 'changeProduct',
      tag,
      summary: 'Changes the fields sent of a product that nobody has changed meanwhile',
      parameters: { path: productPath, header: ifMatch },
      body: { schema: changes, types: ['application/json', 'application/merge-patch+json'] },
      answers: { 200: { description: 'The product as it is now.', ...product } },
      errors: conflicts,
      security: WRITE,
    },
    {
      method: 'delete',
      path: '/{id}',
      id: 'removeProduct',
      tag,
      summary: 'Removes a product; keeps to If-Match when it is there',
      parameters: { path: productPath, header: ifMatch.partial() },
      answers: { 204: { description: 'It is gone.' } },
      errors: [notFound, CATALOGUE_PROBLEMS['stale-product']],
      security: WRITE,
    },
  ]
}

export const CATEGORY_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listCategories',
    tag: 'categories',
    summary: 'Lists the categories and counts their products',
    answers: {
      200: {
        description: 'All categories, by name.',
        schema: z.object({ items: z.array(categorySchema) }),
        shown: 'list',
      },
    },
  },
]

/** What the OpenAPI document says of the exports. */
export const EXPORT_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/products',
    id: 'exportProducts',
    tag: 'exports',
    summary: 'Gives all products that match as a file, as a stream',
    description:
      'What stands in `format` comes before `Accept`. Cells that begin as a formula get an apostrophe.',
    parameters: { query: exportQuery },
    answers: {
      200: {
        description: 'CSV with a head, or one JSON object a line.',
        schema: z.string(),
        types: ['text/csv', 'application/x-ndjson'],
        streamed: true,
        headers: { 'Content-Disposition': 'The name of the file.' },
      },
    },
    errors: [PROBLEMS['not-acceptable']],
  },
]
