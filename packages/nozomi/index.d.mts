/**
 * The types of `import nozomi from 'nozomi'`: the callable that `require('nozomi')` gives, its members and the types
 * by name.
 *
 * The types come by `export *`, so that `declare module 'nozomi' { interface Request {} }` adds to them.
 */

import e = require('./index.cjs')

export default e
export {
  application,
  createServer,
  inject,
  json,
  lambda,
  Route,
  Router,
  raw,
  redirectToHttps,
  reloadCertificates,
  request,
  response,
  static,
  text,
  toExpress5Pattern,
  urlencoded,
  web,
} from './index.cjs'

export type * from './dist/types/application-members.js'
export type * from './dist/types/body-options.js'
export type * from './dist/types/contract.js'
export type * from './dist/types/cookies.js'
export type * from './dist/types/in-process.js'
export type * from './dist/types/lambda.js'
export type * from './dist/types/namespace.js'
export type * from './dist/types/negotiation.js'
export type * from './dist/types/nozomi.js'
export type * from './dist/types/params.js'
export type * from './dist/types/query.js'
export type * from './dist/types/response-members.js'
export type * from './dist/types/router-options.js'
export type * from './dist/types/settings.js'
export type * from './dist/types/static-options.js'
export type * from './dist/types/statics.js'
export type * from './dist/types/web.js'
