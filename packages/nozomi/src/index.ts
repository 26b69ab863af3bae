/*
 * The public face: everything that `express` is. What an application does is found below, one folder for each concern
 * (ARCHITECTURE.md). The types that users see are those of types/, which index.d.mts and index.d.cts gather.
 */
import { application as applicationPrototype, createApplication } from './application/application.js'
import { injectInto } from './application/inject-into.js'
import { lambda } from './application/lambda.js'
import { createServer } from './application/listening.js'
import { json } from './body/json.js'
import { raw } from './body/raw.js'
import { text } from './body/text.js'
import { urlencoded } from './body/urlencoded.js'
import { serveStatic } from './files/serve-static.js'
import { request as requestPrototype } from './request/request.js'
import { response as responsePrototype } from './response/response.js'
import { toExpress5Pattern } from './routing/pattern/to-express5.js'
import { Route as RouteClass } from './routing/route.js'
import { Router as RouterFunction } from './routing/router.js'
import { rereadCertificates } from './server/https/certificate-files.js'
import { createRedirectToHttps } from './server/https/redirect-to-https.js'
import { reloadCertificates } from './server/https/reload-certificates.js'
import type { Certificates } from './types/application-members.js'
import type { NozomiStatic } from './types/statics.js'
import { web } from './web/web.js'

/**
 * Makes an application: a function for `http.createServer()`, with the API of Express 5.
 *
 * @example
 * const app = nozomi()
 * app.get('/hello/:name', (req, res) => res.json({ hello: req.params.name }))
 * app.listen(3000)
 */
const nozomi = Object.assign(createApplication, {
  application: applicationPrototype,
  request: requestPrototype,
  response: responsePrototype,
  createServer,
  inject: injectInto,
  lambda,
  Route: RouteClass,
  Router: RouterFunction,
  json,
  raw,
  redirectToHttps: createRedirectToHttps,
  reloadCertificates: (server: unknown, certificates?: Certificates) =>
    certificates === undefined ? rereadCertificates(server) : reloadCertificates(server, certificates),
  static: serveStatic,
  text,
  urlencoded,
  toExpress5Pattern,
  web,
  // The implementation is typed by the few members that each part uses; this is where it becomes the public contract,
  // which the type tests hold against @types/express.
}) as unknown as NozomiStatic

export default nozomi
