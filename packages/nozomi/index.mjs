/*
 * `import nozomi from 'nozomi'`: what `require('nozomi')` gives, with its members by name. The code is CommonJS, once,
 * so that both ways of importing share one instance, and so that tools which know only `require` can load it.
 */
import nozomi from './index.cjs'

const {
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
  text,
  toExpress5Pattern,
  urlencoded,
  web,
} = nozomi
const { static: serveStatic } = nozomi

export {
  application,
  createServer,
  inject,
  json,
  lambda,
  nozomi as default,
  Route,
  Router,
  raw,
  redirectToHttps,
  reloadCertificates,
  request,
  response,
  serveStatic as static,
  text,
  toExpress5Pattern,
  urlencoded,
  web,
}
