import { FILES_ROOT, fileText } from '../workload/files.mjs'
import { NOT_MODIFIED, revalidation, text } from './expected.mjs'

const common = {
  application: 'files',
  options: { root: FILES_ROOT },
  absent: { 'fastify-schema': 'it makes no difference to files', 'node-net': 'it reads no request' },
}
const BY_HAND = 'it would have to be written by hand'

export default [
  whole('1k', '1 KB'),
  whole('10k', '10 KB'),
  whole('1m', '1 MB'),
  {
    ...common,
    name: 'static-304',
    title: 'Static file that the client has: 304',
    requests: [{ method: 'GET', path: '/10k.txt', expect: NOT_MODIFIED }],
    prepare: revalidation('/10k.txt'),
    absent: { ...common.absent, hono: 'its static files have no entity tags', 'node-http': BY_HAND },
  },
  {
    ...common,
    name: 'static-range',
    title: 'Static file, a range of 1,000 bytes',
    requests: [
      {
        method: 'GET',
        path: '/10k.txt',
        fields: { Range: 'bytes=4000-4999' },
        expect: {
          status: 206,
          fields: { 'content-type': /^text\/plain\b/, 'content-range': 'bytes 4000-4999/10240' },
          body: fileText('10k.txt').slice(4000, 5000),
        },
      },
    ],
    absent: { ...common.absent, koa: 'koa-static knows no ranges', 'node-http': BY_HAND },
  },
]

function whole(file, size) {
  const name = `${file}.txt`
  return {
    ...common,
    name: `static-${file}`,
    title: `Static file of ${size}`,
    note: 'Hono sends no entity tag.',
    requests: [{ method: 'GET', path: `/${name}`, expect: text(fileText(name), 'text/plain') }],
    fieldsOfExpress: ['nozomi', 'nozomi-turbo'],
  }
}
