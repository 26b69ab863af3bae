import type { Request } from 'express'
import { attempt } from '../../harness/describe.js'
import { get, post } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'

const scenario = area('req/negotiation')

type Probe = (req: Request) => unknown

/** What each probe gives for each value of a field, and without the field. */
function probe(title: string, field: string, values: (string | null)[], probes: Record<string, Probe>): void {
  scenario(
    title,
    ({ express, note }) => {
      const app = express()
      app.use((req, res) => {
        for (const [name, look] of Object.entries(probes))
          note(
            name,
            attempt(() => look(req)),
          )
        res.end()
      })
      return app
    },
    values.map((value) => get('/', value === null ? [] : [[field, value]])),
  )
}

probe(
  'accepts: extensions, types, lists, wildcards, quality, parameters',
  'Accept',
  [
    null,
    '*/*',
    'text/html',
    'text/*;q=.5, application/json',
    'text/html;q=0, */*',
    'application/json;q=0.5, text/html;q=0.5',
    'text/html;level=1, text/html;q=0.4',
    'TEXT/HTML',
    'image/*',
    ',,;q=',
    'not a type',
    '',
    'text/html;q=abc',
    'application/vnd.api+json, application/json;q=0.9',
  ],
  {
    html: (req) => req.accepts('html'),
    'text/html': (req) => req.accepts('text/html'),
    'html, json': (req) => req.accepts('html', 'json'),
    'json, html': (req) => req.accepts(['json', 'html']),
    'text/*': (req) => req.accepts('text/*'),
    'png, txt': (req) => req.accepts('png', 'txt'),
    '.json': (req) => req.accepts('.json'),
    'unknown-ext': (req) => req.accepts('unknown-ext'),
    'with a parameter': (req) => req.accepts('text/html;level=1'),
    'api+json': (req) => req.accepts(['application/vnd.api+json', 'json']),
    nothing: (req) => req.accepts(),
    'an empty list': (req) => req.accepts([]),
  },
)

probe(
  'acceptsEncodings',
  'Accept-Encoding',
  [
    null,
    '',
    'gzip',
    'gzip;q=0.5, br',
    'gzip;q=0, *',
    'identity;q=0',
    '*;q=0',
    'GZIP, deflate',
    'br;q=1.0, gzip;q=1.0',
  ],
  {
    gzip: (req) => req.acceptsEncodings('gzip'),
    'gzip, br': (req) => req.acceptsEncodings('gzip', 'br'),
    'a list': (req) => req.acceptsEncodings(['br', 'gzip', 'deflate']),
    identity: (req) => req.acceptsEncodings('identity'),
    nothing: (req) => req.acceptsEncodings(),
  },
)

probe(
  'acceptsCharsets',
  'Accept-Charset',
  [null, '', 'utf-8', 'utf-8;q=.2, iso-8859-1', '*', 'utf-8;q=0', 'UTF-8, utf-16;q=0.5'],
  {
    'utf-8': (req) => req.acceptsCharsets('utf-8'),
    'iso-8859-1, utf-8': (req) => req.acceptsCharsets('iso-8859-1', 'utf-8'),
    'a list': (req) => req.acceptsCharsets(['utf-16', 'utf-8'] as never),
    nothing: (req) => req.acceptsCharsets(),
  },
)

probe(
  'acceptsLanguages',
  'Accept-Language',
  [
    null,
    '',
    'en',
    'en-US,en;q=0.5,de;q=0.9',
    'de;q=0, *',
    '*',
    'en_US',
    'fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5',
  ],
  {
    en: (req) => req.acceptsLanguages('en'),
    'de, en': (req) => req.acceptsLanguages('de', 'en'),
    'a list': (req) => req.acceptsLanguages(['en-US', 'de-AT', 'de']),
    nothing: (req) => req.acceptsLanguages(),
  },
)

probe(
  'is: without a body nothing matches; with one its type is compared',
  'Content-Type',
  [null, 'text/html'],
  { html: (req) => req.is('html'), nothing: (req) => (req.is as () => unknown)() },
)

scenario(
  'is: extensions, types, wildcards, suffixes, lists',
  ({ express, note }) => {
    const app = express()
    app.use((req, res) => {
      const types = [
        'html',
        'json',
        'text/html',
        'text/*',
        '*/*',
        'application/*',
        '+json',
        '*/html',
        'urlencoded',
      ]
      for (const type of types) note(type, req.is(type))
      note('multipart', req.is('multipart'))
      note('a list', req.is(['json', 'html', 'text/*']))
      note('several', (req.is as (...types: string[]) => unknown)('json', 'text/plain'))
      note(
        'not a type',
        attempt(() => req.is('not a type/')),
      )
      note('nothing', (req.is as () => unknown)())
      note('an empty list', req.is([]))
      res.end()
    })
    return app
  },
  [
    'text/html; charset=utf-8',
    'TEXT/HTML',
    'application/json',
    'application/vnd.api+json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'invalid',
    'text/html;',
    '',
  ].map((type) => post('/', type, 'a body')),
)
