/** Reading and completing Content-Type fields beside content-type and mime-types: `node bench/micro/content-type.mjs`. */
import { parse } from 'content-type'
import mimeTypes from 'mime-types'
import { contentTypeOf, withDefaultCharset } from '../../packages/nozomi/dist/http/content-type-names.js'
import { parseContentType } from '../../packages/nozomi/dist/http/content-type.js'
import { compare, measure } from './compare.mjs'

for (const field of [
  'application/json',
  'application/json; charset=utf-8',
  'multipart/form-data; boundary="----a boundary"; charset=utf-8',
]) {
  await compare(`reading ${field}`, {
    'content-type': () => {
      const { type, parameters } = parse(field)
      return { type, parameters }
    },
    nozomi: () => parseContentType(field),
  })
}
for (const type of ['text/html', 'image/svg+xml']) {
  await compare(`the charset of ${type}`, {
    'mime-types': () => mimeTypes.contentType(type),
    nozomi: () => withDefaultCharset(type),
  })
}
for (const extension of ['json', 'woff2']) {
  await compare(`the type of .${extension}`, {
    'mime-types': () => mimeTypes.contentType(extension),
    nozomi: () => contentTypeOf(extension),
  })
}
await measure()
