import { get } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('app/members')

const ofResponse = [
  'append',
  'attachment',
  'clearCookie',
  'contentType',
  'cookie',
  'download',
  'format',
  'get',
]
ofResponse.push('header', 'json', 'jsonp', 'links', 'location', 'redirect', 'render', 'send', 'sendFile')
ofResponse.push('sendStatus', 'set', 'status', 'type', 'vary')

const ofRequest = [
  'accepts',
  'acceptsCharsets',
  'acceptsEncodings',
  'acceptsLanguages',
  'get',
  'header',
  'is',
  'range',
]

const ofApplication = [
  'all',
  'disable',
  'disabled',
  'enable',
  'enabled',
  'engine',
  'handle',
  'init',
  'listen',
  'param',
]
ofApplication.push('path', 'render', 'route', 'set', 'use', 'defaultConfiguration', 'get', 'post', 'delete')

const ofRouter = ['all', 'handle', 'param', 'route', 'use', 'get', 'post', 'options', 'listRoutes']

/** What wrappers read of the methods that they wrap: that they are there, and writable. */
function facts(owner: object, names: readonly string[]) {
  return names.map((name) => {
    const found = Object.getOwnPropertyDescriptor(owner, name)
    return [name, typeof found?.value, found?.writable, found?.configurable]
  })
}

scenario(
  'the methods of the prototypes are own, writable properties',
  ({ express, note }) => {
    note('response', facts(express.response, ofResponse))
    note('request', facts(express.request, ofRequest))
    note('application', facts(express.application as object, ofApplication))
    note('Router.prototype', facts(Reflect.get(express.Router, 'prototype'), ofRouter))
    note(
      'Route.prototype',
      facts(Reflect.get(Reflect.get(express, 'Route'), 'prototype'), ['all', 'get', 'dispatch']),
    )
  },
  [],
)

scenario(
  'aliases are one function',
  ({ express, note }) => {
    note('contentType', express.response.contentType === express.response.type)
    note('header of the response', express.response.header === express.response.set)
    note('header of the request', express.request.header === express.request.get)
  },
  [],
)

scenario(
  'what Express 5 has taken away stays away',
  ({ express, note }) => {
    const app = express()
    const gone: [object, string[]][] = [
      [app, ['del', 'configure']],
      [express, ['query', 'bodyParser', 'cookieParser', 'session']],
      [express.request, ['param', 'acceptsCharset', 'acceptsEncoding', 'acceptsLanguage']],
      [express.response, ['sendfile']],
    ]
    for (const [owner, names] of gone)
      note(
        'gone',
        names.map((name) => [name, typeof Reflect.get(owner, name)]),
      )
    app.get('/back', (_req, res) => res.redirect('back'))
    app.get('/two', (_req, res) => void (res.send as (...args: unknown[]) => unknown)(404, 'body'))
    app.get('/json', (_req, res) => void (res.json as (...args: unknown[]) => unknown)({ a: 1 }, 500))
    return app
  },
  [get('/back', { Referer: 'http://a/' }), get('/two'), get('/json')],
)

scenario(
  'an app is enumerable as it is in Express: methods, settings and prototypes of its own',
  ({ express, note }) => {
    const app = express()
    const names = [
      'request',
      'response',
      'cache',
      'engines',
      'settings',
      'locals',
      'mountpath',
      'router',
      'use',
      'set',
    ]
    const seen = Object.keys(app)
    note(
      'enumerable',
      names.map((name) => [name, seen.includes(name)]),
    )
    note(
      'cache and engines',
      [app, express()].map(({ settings }) => Object.getPrototypeOf(settings)),
    )
    note('a copy of the settings', Object.keys({ ...app.settings }).includes('x-powered-by'))
  },
  [],
)
