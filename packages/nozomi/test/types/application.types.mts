// The application: settings, views, listening, events. Compiled only: what is wrong here fails `tsc -b`.

import { EventEmitter } from 'node:events'
import http, { type Server } from 'node:http'
import https from 'node:https'
import { expectTypeOf } from 'expect-type'
import nozomi, {
  type Application,
  type Express,
  type Nozomi,
  type Request,
  type RequestHandler,
  type Response,
  type SettingName,
} from 'nozomi'

const app = nozomi()
declare const handler: RequestHandler

// What calling the module gives can be named by any of its types, each less than the one before.
expectTypeOf(app).toEqualTypeOf<Nozomi>()
expectTypeOf<Nozomi>().toExtend<Express>()
expectTypeOf<Express>().toExtend<Application>()
expectTypeOf<Application>().toExtend<RequestHandler>()
expectTypeOf(app).toExtend<EventEmitter>()
expectTypeOf(app.request).toEqualTypeOf<Request>()
expectTypeOf(app.response).toEqualTypeOf<Response>()

// It is a request listener of node.
http.createServer(app)
https.createServer({}, app)
declare const message: http.IncomingMessage
declare const answer: http.ServerResponse
app(message, answer)
app(message, answer, (error) => console.error(error))
app.handle(message, answer)
// @ts-expect-error without a response there is nothing to answer with
app(message)

// get() with a name alone is the setting, with handlers a route.
expectTypeOf(app.get('env')).toBeAny()
expectTypeOf(app.get('one of mine')).toBeAny()
expectTypeOf(app.get('/', handler)).toEqualTypeOf<Nozomi>()
// @ts-expect-error a number names neither a setting nor a route
app.get(1)

// Settings: any name, any value; documented names are offered.
expectTypeOf<'trust proxy'>().toExtend<SettingName>()
expectTypeOf(app.set('trust proxy', ['loopback', '10.0.0.0/8'])).toEqualTypeOf<Nozomi>()
expectTypeOf(app.enable('etag').disable('x-powered-by')).toEqualTypeOf<Nozomi>()
expectTypeOf(app.enabled('etag')).toBeBoolean()
expectTypeOf(app.disabled('one of mine')).toBeBoolean()
// @ts-expect-error a setting needs a value
app.set('etag')
// @ts-expect-error a setting has a name
app.enable(1)

// Engines and views.
app.engine('txt', (path, options, callback) => {
  expectTypeOf(path).toBeString()
  expectTypeOf(options).toEqualTypeOf<object>()
  callback(null, 'text')
})
app.render('mail', { name: 'Ann' }, (error, html) => {
  expectTypeOf(error).toEqualTypeOf<Error>()
  expectTypeOf(html).toBeString()
})
app.render('mail', (_error, html) => expectTypeOf(html).toBeString())
// @ts-expect-error an engine calls back
app.engine('txt', 'ejs')

// listen(), in each form that node's server has; the callback gets an error when there is one.
expectTypeOf(app.listen(3000)).toEqualTypeOf<Server>()
app.listen()
app.listen(() => {})
app.listen(0, () => {})
app.listen(3000, (error) => expectTypeOf(error).toEqualTypeOf<Error | undefined>())
app.listen(3000, '127.0.0.1', (error) => expectTypeOf(error).toEqualTypeOf<Error | undefined>())
app.listen(3000, '127.0.0.1', 511, () => {})
app.listen('/run/app.sock', () => {})
app.listen(process.env['PORT'], () => {})
app.listen({ port: 3000, host: '::1', exclusive: true }, (error) => {
  expectTypeOf(error).toEqualTypeOf<Error | undefined>()
})
app.listen({ fd: 3 })
// @ts-expect-error a host is a string
app.listen(3000, 127, 511, () => {})
// @ts-expect-error the callback gets an error, not a port
app.listen(3000, (port: number) => port)

// Events: `mount` with the parent, and what an emitter has besides.
app.on('mount', (parent) => expectTypeOf(parent).toEqualTypeOf<Application>())
app.on('error', (error: Error) => console.error(error))
expectTypeOf(app.once('ready', () => {}).emit('ready')).toBeBoolean()
expectTypeOf(app.mountpath).toEqualTypeOf<string | string[]>()
expectTypeOf(app.path()).toBeString()
expectTypeOf(app.parent).toEqualTypeOf<Application | undefined>()

// Values for views.
app.locals['title'] = 'Shop'
declare const typed: Application<{ title: string }>
expectTypeOf(typed.locals.title).toBeString()

// Servers, and their options beside those of listen().
nozomi().listen({ port: 0, server: 'http2', key: '', cert: '', streamResetBurst: 1, settings: {} })
nozomi().listen({
  port: 0,
  certificateFiles: { key: 'key.pem', cert: new URL('file:///cert.pem'), hosts: {} },
})
nozomi.reloadCertificates(nozomi.createServer(nozomi(), { server: 'http2', sessionIdleTimeout: 1 }), {
  key: '',
})
nozomi().use(nozomi.redirectToHttps({ host: ['a.example'], status: 301 }))
// @ts-expect-error no such redirect
nozomi.redirectToHttps({ status: 303 })
