/** Making entity tags beside the package `etag`: `node bench/micro/entity-tag.mjs`. */
import etag from 'etag'
import { formatEntityTag, formatVersionTag } from '../../packages/nozomi/dist/http/entity-tag.js'
import { RecentTags } from '../../packages/nozomi/dist/http/recent-tags.js'
import { compare, measure } from './compare.mjs'

for (const bytes of [17, 2048, 100 * 1024]) {
  const text = 'x'.repeat(bytes)
  await compare(`a text of ${bytes} bytes`, {
    etag: () => etag(text, { weak: true }),
    nozomi: () => formatEntityTag(text, true),
  })
}

// As `res.json()` hands them over: made anew each time, whether they say the same or not.
for (const bytes of [17, 110, 250]) {
  const filling = 'x'.repeat(Math.max(0, bytes - '{"number":1000000,"filling":""}'.length))
  const textOf = (number) => (bytes === 17 ? JSON.stringify({ number }) : JSON.stringify({ number, filling }))
  const recent = new RecentTags((text) => formatEntityTag(text, true))
  let hashed = 1e6
  let looked = 1e6
  await compare(`the tag of a small answer of about ${bytes} bytes`, {
    'making the answer': () => textOf(1e6).length > 0,
    hashed: () => formatEntityTag(textOf(1e6), true).length > 0,
    'came before': () => recent.tagOf(textOf(1e6)).length > 0,
    'hashed, another each time': () => formatEntityTag(textOf(hashed++), true).length > 0,
    'looked for, another each time': () => recent.tagOf(textOf(looked++)).length > 0,
  })
}

const stats = { size: 10_240, mtime: new Date('2026-01-01T00:00:00Z'), ctime: new Date(), ino: 7 }
await compare('a file', {
  etag: () => etag(stats),
  nozomi: () => formatVersionTag(stats),
})
await measure()
