/**
 * All that can go wrong with a request, by code. A code is never given another meaning; clients may depend on it.
 * `/problems/<code>`, the `type` of each problem, tells what stands here.
 */
export const PROBLEMS = {
  'invalid-input': {
    status: 400,
    title: 'Some of the input is not right',
    explanation: '`errors` names each field, what is wrong with it, and what would be right.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    explanation:
      'The body could not be parsed. `detail` says where; the text must be one JSON object in UTF-8.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request is not well-formed',
    explanation:
      'For example percent-encoding in the path that can not be decoded, or a body that was cut short.',
  },
  'unknown-route': {
    status: 404,
    title: 'There is nothing at this address',
    explanation: 'Check the path. The API begins at /api/v1.',
  },
  'product-not-found': {
    status: 404,
    title: 'There is no such product',
    explanation: 'It never was, or it was removed.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This can not be done here',
    explanation: 'The field `Allow` of the response names the methods that this address has.',
  },
  'duplicate-sku': {
    status: 409,
    title: 'Another product has this SKU',
    explanation: 'A SKU is unique in the catalogue. Choose another one, or change the product that has it.',
  },
  'stale-product': {
    status: 412,
    title: 'The product was changed by somebody else',
    explanation:
      'None of the entity tags in `If-Match` is that of the product now. Read it again, then repeat the change.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation: '`detail` names the limit.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a type that is not understood here',
    explanation: 'Send JSON in UTF-8, with `Content-Type: application/json`.',
  },
  'precondition-required': {
    status: 428,
    title: 'Say which version is to be changed',
    explanation:
      'Send the `ETag` of the product as you read it in `If-Match`, so that nobody else’s change is lost.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    explanation: 'It was logged. Trying again may help; changing the request will not.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The catalogue can not be reached at the moment',
    explanation: 'Try again later; `Retry-After` says when.',
  },
} as const

export type ProblemCode = keyof typeof PROBLEMS
