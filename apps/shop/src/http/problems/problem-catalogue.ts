import { defineProblems } from './problem.js'

/**
 * What can go wrong with requests to several modules, by code. Modules have more of their own. A code is never given
 * another meaning; clients may depend on it. `/problems/<code>`, the `type` of each problem, tells what stands here.
 */
export const PROBLEMS = defineProblems({
  'invalid-input': {
    status: 400,
    title: 'Some of the input is not right',
    explanation: '`issues` names each field, what is wrong with it, and what would be right.',
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
  unauthenticated: {
    status: 401,
    title: 'Say who you are',
    explanation: 'Sign in, or send a token that is good; `WWW-Authenticate` says how.',
  },
  forbidden: {
    status: 403,
    title: 'You may not do this',
    explanation: 'Your roles do not allow it. `detail` names the permission that is missing.',
  },
  'forged-request': {
    status: 403,
    title: 'It can not be told that you meant this',
    explanation:
      'The request came from a page of another site, or it was sent with a session and without its token. `GET /api/v1/auth/session` gives the token; send it in `X-CSRF-Token`.',
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
  'not-acceptable': {
    status: 406,
    title: 'There is no representation that you accept',
    explanation: '`detail` lists what is available. Name one of them in `Accept`, or `*/*`.',
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
  'insufficient-stock': {
    status: 409,
    title: 'There are not enough pieces',
    explanation: '`issues` names the product and how many there are. Nothing was ordered; take fewer.',
  },
  'idempotency-key-in-flight': {
    status: 409,
    title: 'The same request is being answered just now',
    explanation: 'Ask again in a second, with the same `Idempotency-Key`: you will get its answer.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    explanation: 'A key is for one request and its repetitions. For another request take another key.',
  },
  'precondition-required': {
    status: 428,
    title: 'Say which version is to be changed',
    explanation:
      'Send the `ETag` of the product as you read it in `If-Match`, so that nobody else’s change is lost.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    explanation: '`Retry-After` says in how many seconds it is worth trying again.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong on our side',
    explanation: 'It was logged. Trying again may help; changing the request will not.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The data of the shop can not be reached at the moment',
    explanation: 'Try again later; `Retry-After` says when.',
  },
  'too-much-contention': {
    status: 503,
    title: 'Too many are changing the same thing',
    explanation: 'Nothing was changed. Try again; `Retry-After` says when.',
  },
})
