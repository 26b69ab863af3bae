/** Making entity tags beside the package `etag`: `node bench/micro/entity-tag.mjs`. */
import etag from 'etag'
import { formatEntityTag, formatVersionTag } from '../../packages/nozomi/dist/http/entity-tag.js'
import { compare, measure } from './compare.mjs'

for (const bytes of [17, 2048, 100 * 1024]) {
  const text = 'x'.repeat(bytes)
  await compare(`a text of ${bytes} bytes`, {
    etag: () => etag(text, { weak: true }),
    nozomi: () => formatEntityTag(text, true),
  })
}
const stats = { size: 10_240, mtime: new Date('2026-01-01T00:00:00Z'), ctime: new Date(), ino: 7 }
await compare('a file', {
  etag: () => etag(stats),
  nozomi: () => formatVersionTag(stats),
})
await measure()
