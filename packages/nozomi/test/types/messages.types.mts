// The members of requests and responses. Compiled only: what is wrong here fails `tsc -b`.

import http from 'node:http'
import { expectTypeOf } from 'expect-type'
import type {
  Application,
  CookieOptions,
  DownloadOptions,
  Errback,
  MediaType,
  NextFunction,
  ParsedQs,
  Request,
  RequestRanges,
  Response,
  SendFileOptions,
} from 'nozomi'

declare const req: Request
declare const res: Response

// They are node's messages.
expectTypeOf(req).toExtend<http.IncomingMessage>()
expectTypeOf(res).toExtend<http.ServerResponse>()
http.createServer((message, answer) => {
  // @ts-expect-error and more than those
  const wrong: Request = message
  return [wrong, answer]
})

// Fields: `set-cookie` is a list, all others are text.
expectTypeOf(req.get('set-cookie')).toEqualTypeOf<string[] | undefined>()
expectTypeOf(req.get('content-type')).toEqualTypeOf<string | undefined>()
expectTypeOf(req.header('x-any')).toEqualTypeOf<string | undefined>()
// @ts-expect-error a field has a name
req.get()

// Negotiation: with types the best of them or false, without any all that are accepted.
expectTypeOf(req.accepts()).toEqualTypeOf<string[]>()
expectTypeOf(req.accepts('json')).toEqualTypeOf<string | false>()
expectTypeOf(req.accepts(['json', 'html'] as const)).toEqualTypeOf<string | false>()
expectTypeOf(req.accepts('json', 'html')).toEqualTypeOf<string | false>()
expectTypeOf(req.acceptsCharsets('utf-8')).toEqualTypeOf<string | false>()
expectTypeOf(req.acceptsEncodings(['br', 'gzip'])).toEqualTypeOf<string | false>()
expectTypeOf(req.acceptsLanguages()).toEqualTypeOf<string[]>()
expectTypeOf(req.is(['json', 'html'])).toEqualTypeOf<string | false | null>()
expectTypeOf(req.is('json', 'html')).toEqualTypeOf<string | false | null>()
expectTypeOf(req.accepted).toEqualTypeOf<MediaType[]>()

// Aborted with the client; there on every node, and never replaced by a type that may be absent.
expectTypeOf(req.signal).toEqualTypeOf<AbortSignal>()
// @ts-expect-error it is made by whoever serves the request
req.signal = new AbortController().signal

// Ranges: the ranges, or one of two numbers, or nothing.
const ranges = req.range(1000, { combine: true })
expectTypeOf(ranges).toEqualTypeOf<RequestRanges | -1 | -2 | undefined>()
if (typeof ranges === 'object') {
  expectTypeOf(ranges.type).toBeString()
  for (const { start, end } of ranges) expectTypeOf(end - start).toBeNumber()
}

// What the connection and the URL say can't be assigned, but for the URL itself and the query.
expectTypeOf(req.ip).toEqualTypeOf<string | undefined>()
expectTypeOf(req.ips).toEqualTypeOf<string[]>()
expectTypeOf(req.host + req.hostname + req.path + req.protocol).toBeString()
expectTypeOf(req.method + req.url + req.originalUrl + req.baseUrl).toBeString()
req.url = '/elsewhere'
req.query = { cleaned: 'yes' }
expectTypeOf(req.query['cleaned']).toEqualTypeOf<undefined | string | ParsedQs | (string | ParsedQs)[]>()
// @ts-expect-error read-only
req.protocol = 'https'
// @ts-expect-error read-only
req.hostname = 'example.com'
// @ts-expect-error a query value is not known to be a string
req.query['q'].toUpperCase()

// The circle of request, response, application and next.
expectTypeOf(req.res).toEqualTypeOf<Response | undefined>()
expectTypeOf(req.next).toEqualTypeOf<NextFunction | undefined>()
expectTypeOf(res.req).toEqualTypeOf<Request>()
expectTypeOf(res.app).toEqualTypeOf<Application>()

// Whatever sets something can be chained.
expectTypeOf(
  res
    .status(201)
    .type('json')
    .contentType('.html')
    .set('X-A', '1')
    .set('X-B', ['1', '2'])
    .set({ 'X-C': '1' })
    .header('Retry-After', 120)
    .append('Link', ['<a>', '<b>'])
    .vary('Accept')
    .vary(['Accept', 'Origin'])
    .links({ next: '/2', all: ['/1', '/2'] })
    .location('/here')
    .attachment('a.csv')
    .cookie('a', { any: 'value' })
    .clearCookie('b', { path: '/' })
    .send('done'),
).toEqualTypeOf(res)
expectTypeOf(res.get('etag')).toEqualTypeOf<string | undefined>()
expectTypeOf(res.headersSent).toBeBoolean()
// @ts-expect-error a status is a number
res.status('200')
// @ts-expect-error a field has a name
res.set(1, '2')

// redirect, render and files end the chain.
expectTypeOf(res.redirect('/')).toBeVoid()
expectTypeOf(res.redirect(301, '/')).toBeVoid()
expectTypeOf(res.render('home')).toBeVoid()
res.render('home', { name: 'Ann' }, (error, html) => res.send(error ? error.message : html))
res.render('home', (_error, html) => res.send(html))
expectTypeOf(res.sendFile('/a.txt')).toBeVoid()
const sent: Errback = (error) => expectTypeOf(error).toEqualTypeOf<Error | undefined>()
res.sendFile(
  'a.txt',
  { root: '/files', dotfiles: 'deny', headers: { 'X-A': 1 } } satisfies SendFileOptions,
  sent,
)
res.sendFile('/a.txt', sent)
res.download('/a.txt')
res.download('/a.txt', sent)
res.download('/a.txt', 'b.txt', sent)
res.download('/a.txt', 'b.txt', { maxAge: '1d' } satisfies DownloadOptions, sent)
res.download('a.txt', { root: '/files' })
// @ts-expect-error Express 4 had the status behind the URL
res.redirect('/', 301)
// @ts-expect-error there is no such treatment
res.sendFile('/a.txt', { dotfiles: 'hide' })

// Cookies.
const options: CookieOptions = {
  maxAge: 1000,
  httpOnly: true,
  sameSite: 'lax',
  priority: 'high',
  partitioned: true,
}
res.cookie('a', 'b', options)
// @ts-expect-error there is no such value
res.cookie('a', 'b', { sameSite: 'loose' })
// @ts-expect-error the date is a Date
res.cookie('a', 'b', { expires: '2030-01-01' })

// format() types what its functions get.
res.format({
  json: (request, response) => {
    expectTypeOf(request.ip).toEqualTypeOf<string | undefined>()
    response.json({})
  },
  'text/plain': () => res.send('text'),
  default: (_request, _response, next) => next('route'),
})
// @ts-expect-error a text is no function
res.format({ text: 'hello' })
