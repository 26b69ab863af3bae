import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import nozomi from 'nozomi'
import { formatEntityTag } from '#dist/http/entity-tag.js'
import { RecentTags } from '#dist/http/recent-tags.js'

/** What is tested is that nobody can tell, but for how often a tag is made. */
function counting() {
  const asked: string[] = []
  const recent = new RecentTags((text) => {
    asked.push(text)
    return formatEntityTag(text, true)
  })
  return { asked, recent }
}

describe('RecentTags', () => {
  it('gives each text the tag of its bytes, however often and in whatever order it comes', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.string({ maxLength: 300, unit: 'binary' }),
      fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', 'é', '\0', '\u0161', '\ud83d', '𝒳') }),
    )
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 60 }), (texts, order) => {
        const { recent } = counting()
        for (const turn of order) {
          const one = texts[turn % texts.length] ?? ''
          assert.equal(recent.tagOf(one), formatEntityTag(one, true))
        }
      }),
    )
  })

  it('gives 20,000 texts their tags, which is more than there are places', () => {
    const { recent } = counting()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 20_000; i++) {
        const text = `{"number":${i}}`
        assert.equal(recent.tagOf(text), formatEntityTag(text, true))
      }
    }
  })

  it('makes the tag of a text twice, and then no more, whatever its characters', () => {
    for (const status of ['ok', 'Zürich', 'Košice', '\ud83d', '🚄']) {
      const { asked, recent } = counting()
      const text = `{"status":"${status}"}`
      for (let i = 0; i < 10; i++) assert.equal(recent.tagOf(`${text} `.trim()), formatEntityTag(text, true))
      assert.deepEqual(asked, [text, text])
    }
  })

  it('does not let what comes once push out what comes often', () => {
    const { asked, recent } = counting()
    for (let i = 0; i < 5000; i++) {
      recent.tagOf('{"status":"ok"}')
      recent.tagOf(`{"number":${i}}`)
    }
    const often = asked.filter((text) => text === '{"status":"ok"}').length
    assert.ok(often < 50, `made ${often} times`)
  })

  it('tells texts apart whose characters have the same low byte', () => {
    const { recent } = counting()
    for (let i = 0; i < 3; i++) {
      assert.notEqual(recent.tagOf('price: a'), recent.tagOf('price: \u0161'))
      assert.notEqual(recent.tagOf('price: a'), recent.tagOf('price: a\0'))
    }
  })

  it('makes the tag of a long text each time', () => {
    const { asked, recent } = counting()
    for (let i = 0; i < 4; i++) recent.tagOf('x'.repeat(257))
    assert.equal(asked.length, 4)
  })

  it('does not keep the long text that a small one is a piece of', () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const recent = new RecentTags((text) => formatEntityTag(text, true))
    collect()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < 40; i++) {
      const piece = `{"piece":${i}}${'x'.repeat(2_000_000)}`.slice(0, 40)
      recent.tagOf(piece)
      recent.tagOf(piece)
    }
    collect()
    const grown = process.memoryUsage().heapUsed - before
    assert.ok(grown < 10_000_000, `${grown} bytes more than before`)
  })
})

describe('the setting `etag`', () => {
  it('weak and strong give the same answer their own tags, each time', async () => {
    for (let i = 0; i < 4; i++) {
      for (const [setting, tag] of [
        ['weak', 'W/"10-+F1R8iR9SoIXMbpNL7e/xq23OKc"'],
        ['strong', '"10-+F1R8iR9SoIXMbpNL7e/xq23OKc"'],
      ] as const) {
        const app = nozomi()
        app.set('etag', setting)
        app.get('/', (_req, res) => {
          res.json({ answer: 'yes' })
        })
        const { headers } = await app.inject('/')
        assert.equal(headers.etag, tag)
      }
    }
  })
})
