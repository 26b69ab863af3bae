import { gzipSync } from 'node:zlib'
import { chunked, type RequestInit } from '../harness/exchange.js'
import { answerPaths, bodyPaths, readPaths } from './application.js'

/** One request of the battery; its label is its name in reports and in the exceptions. */
export interface Asked {
  label: string
  request: RequestInit
}

const json = { 'Content-Type': 'application/json' }

const asked: Asked[] = [
  ...answerPaths.map((target) => ask({ target })),
  ...readPaths.map((target) => ask({ target: `${target}?a=1&b[c]=2`, fields: plentiful() }, `GET ${target}`)),
  ...[
    '/json',
    '/send-string',
    '/send-file',
    '/static/hello.txt',
    '/redirect',
    '/write',
    '/missing',
    '/child/json',
  ].map((target) => ask({ method: 'HEAD', target })),
  ...['/json', '/router/1/item/2', '/child/json', '/missing'].map((target) =>
    ask({ method: 'OPTIONS', target }),
  ),

  ask({ target: '/json', fields: { 'If-None-Match': '*' } }, 'GET /json, fresh'),
  ask({ target: '/json', fields: { 'If-None-Match': '"other"' } }, 'GET /json, stale'),
  ask({ target: '/send-long', fields: { 'If-None-Match': '*' } }, 'GET /send-long, fresh'),
  ask({ target: '/jsonp?callback=f' }, 'GET /jsonp, with a callback'),
  ask({ target: '/format', fields: { Accept: 'application/json' } }, 'GET /format, for JSON'),
  ask({ target: '/format', fields: { Accept: 'image/png' } }, 'GET /format, for an image'),
  ask({ target: '/redirect', fields: { Accept: 'text/html' } }, 'GET /redirect, for HTML'),
  ask({ target: '/send-file', fields: { 'If-None-Match': '*' } }, 'GET /send-file, fresh'),
  ask({ target: '/send-file-rooted', fields: { Range: 'bytes=2-4' } }, 'GET /send-file-rooted, a range'),

  ...['hello.txt', 'docs/', 'docs', 'missing.txt', 'large.txt', 'empty.txt'].map((name) =>
    ask({ target: `/static/${name}` }),
  ),
  ask({ target: '/static/hello.txt', fields: { 'If-None-Match': '*' } }, 'GET /static/hello.txt, fresh'),
  ask({ target: '/static/digits.txt', fields: { Range: 'bytes=2-4' } }, 'GET /static/digits.txt, a range'),
  ask(
    { target: '/static/digits.txt', fields: { Range: 'bytes=90-' } },
    'GET /static/digits.txt, no such range',
  ),
  ask(
    { target: '/static/hello.txt', fields: { 'If-Match': '"other"' } },
    'GET /static/hello.txt, condition failed',
  ),
  ask({ target: '/strict/hello.txt' }),
  ask({ target: '/strict/missing.txt' }),
  ask({ method: 'POST', target: '/strict/hello.txt', fields: { 'Content-Length': '0' } }),

  ask({ method: 'POST', target: '/parsed/json', fields: json, body: '{"a":1}' }),
  ask({ method: 'POST', target: '/parsed/json', fields: json, body: '{"a' }, 'POST /parsed/json, malformed'),
  ask(
    { method: 'POST', target: '/parsed/json', fields: json, body: `"${'x'.repeat(2000)}"` },
    'POST /parsed/json, too long',
  ),
  ask({ method: 'POST', target: '/parsed/json', fields: json, body: '' }, 'POST /parsed/json, empty'),
  ask({ method: 'POST', target: '/parsed/json' }, 'POST /parsed/json, no body'),
  ask(
    {
      method: 'POST',
      target: '/parsed/json',
      fields: { ...json, 'Content-Encoding': 'gzip' },
      body: gzipSync('{"a":1}'),
    },
    'POST /parsed/json, zipped',
  ),
  ask(
    {
      method: 'POST',
      target: '/parsed/json',
      fields: { ...json, 'Transfer-Encoding': 'chunked' },
      body: chunked('{"a"', ':1}'),
    },
    'POST /parsed/json, in chunks',
  ),
  ask(
    { method: 'POST', target: '/parsed/json', fields: { 'Content-Type': 'text/plain' }, body: 'x' },
    'POST /parsed/json, other type',
  ),
  ask(
    {
      method: 'POST',
      target: '/parsed/json',
      fields: { 'Content-Type': 'application/json; charset=x' },
      body: '{}',
    },
    'POST /parsed/json, charset',
  ),
  ask(
    { method: 'POST', target: '/parsed/json', fields: { ...json, Expect: '100-continue' }, body: '{"a":1}' },
    'POST /parsed/json, expecting',
  ),
  ...['urlencoded', 'extended'].map((name) =>
    ask({
      method: 'POST',
      target: `/parsed/${name}`,
      fields: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=1&b=2',
    }),
  ),
  ask({ method: 'POST', target: '/parsed/text', fields: { 'Content-Type': 'text/plain' }, body: 'text' }),
  ask({
    method: 'POST',
    target: '/parsed/raw',
    fields: { 'Content-Type': 'application/x-any' },
    body: 'bytes',
  }),
  ...bodyPaths.map((target) => ask({ method: 'POST', target, body: 'some body' })),
  ask({ method: 'POST', target: '/missing', body: 'some body' }),

  ...[
    '/router/1/item/2',
    '/router/1/chain',
    '/router/1/inner/deep/x',
    '/router/1/missing',
    '/all',
    '/pattern-7',
  ].map((target) => ask({ target })),
  ask({ method: 'DELETE', target: '/all' }),
  ...[
    'json',
    'send-string',
    'send-buffer',
    'render',
    'redirect',
    'next-error',
    'send-file',
    'missing',
    'router/json',
  ].map((name) => ask({ target: `/child/${name}` })),
  ...['json', 'send-string', 'send-long', 'send-buffer', 'jsonp'].map((name) =>
    ask({ target: `/bare/${name}` }),
  ),
  ...['/change', '/change-router', '/create'].map((target) => ask({ target })),
  ask({ target: '/early/x' }),
  ask({ target: '/missing' }),
  ask({ target: '/router/%ZZ/chain' }, 'GET a malformed path'),
]

/** Every request, each under a name of its own. */
export const battery: readonly Asked[] = asked

function ask(request: RequestInit, label = `${request.method ?? 'GET'} ${request.target}`): Asked {
  return { label, request }
}

function plentiful(): Record<string, string> {
  return {
    Host: 'a.b.example.test:80',
    Accept: 'application/json',
    'Accept-Language': 'en',
    Range: 'bytes=0-9',
    Referer: 'http://example.test/',
    'If-None-Match': '*',
    'X-Forwarded-For': '10.0.0.1, 10.0.0.2',
    'X-Forwarded-Host': 'forwarded.example.test',
    'X-Forwarded-Proto': 'https',
    'X-Requested-With': 'XMLHttpRequest',
  }
}
