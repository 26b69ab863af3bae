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
  'an app has settings, engines and prototypes of its own, and they are enumerable',
  ({ express, note }) => {
    const app = express()
    const seen = Object.keys(app)
    const own = ['request', 'response', 'cache', 'engines', 'settings', 'locals', 'mountpath', 'router']
    note(
      'enumerable',
      own.filter((name) => seen.includes(name)),
    )
    note(
      'settings without a prototype',
      [app, express()].map(({ settings }) => Object.getPrototypeOf(settings)),
    )
    note('a copy of the settings', Object.keys({ ...app.settings }).includes('x-powered-by'))
  },
  [],
)

scenario(
  'an app inherits its methods, so that patches are seen by apps that exist already',
  ({ express, note, patch }) => {
    const app = express()
    note(
      'own keys',
      ['use', 'set', 'listen', 'on'].filter((name) => Object.keys(app).includes(name)),
    )
    patch(express.application, 'added', () => 'added')
    note(
      'added',
      [app, express()].map((one) => typeof Reflect.get(one, 'added')),
    )
  },
  [],
  {
    differs: {
      id: 'application-members-inherited',
      express: {
        sheets: [],
        notes: ["own keys = [ 'use', 'set', 'listen', 'on' ]", "added = [ 'undefined', 'function' ]"],
      },
      subject: { sheets: [], notes: ['own keys = []', "added = [ 'function', 'function' ]"] },
    },
  },
)
