import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import iconv from 'iconv-lite'
import nozomi from 'nozomi'
import { BYTES_TYPE, FORM_TYPE, JSON_TYPE, parsing, TEXT_TYPE } from './parsing.mjs'

const typed = (type: { 'Content-Type': string }, charset: string) => ({
  'Content-Type': `${type['Content-Type']}; charset=${charset}`,
})

describe('charsets', () => {
  it('text() decodes all that iconv-lite knows', async (t) => {
    const client = await parsing(t, nozomi.text())
    const texts = [
      ['utf-8', 'né 名前 🚄'],
      ['UTF-8', 'né'],
      ['"utf-8"', 'né'],
      ['utf-16', '名前 🚄'],
      ['utf-16le', '名前'],
      ['utf-16be', '名前'],
      ['koi8-r', 'Привет'],
      ['shift_jis', 'のぞみ'],
      ['iso-8859-1', 'né'],
      ['windows-1252', '€'],
      ['gbk', '希望'],
    ] as const
    for (const [charset, text] of texts) {
      const bytes = iconv.encode(text, charset.replaceAll('"', ''))
      assert.equal((await client.post(bytes, typed(TEXT_TYPE, charset))).body, text, charset)
    }
  })

  it('text() puts U+FFFD for bytes that stand for nothing, and joins characters cut apart by packets', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: '1mb' }))
    assert.equal((await client.post(Buffer.from([0x61, 0xff, 0x62]), TEXT_TYPE)).body, 'a\ufffdb')
    const long = 'の'.repeat(200_000)
    assert.equal((await client.post(long, TEXT_TYPE)).body, long)
  })

  it('json() takes encodings of Unicode only', async (t) => {
    const client = await parsing(t, nozomi.json())
    for (const charset of ['utf-8', 'utf-16', 'utf-16le', 'utf-32']) {
      const bytes = iconv.encode('{"name":"名前"}', charset)
      assert.deepEqual((await client.post(bytes, typed(JSON_TYPE, charset))).body, { name: '名前' }, charset)
    }
    for (const charset of ['iso-8859-1', 'koi8-r', 'us-ascii', 'utf-x-none']) {
      const { status, error } = await client.post('{}', typed(JSON_TYPE, charset))
      assert.deepEqual([status, error?.message], [415, `unsupported charset "${charset.toUpperCase()}"`])
    }
  })

  it('urlencoded() takes utf-8 and iso-8859-1 only', async (t) => {
    const client = await parsing(t, nozomi.urlencoded({ extended: true }))
    assert.deepEqual((await client.post('a=%C3%A9', typed(FORM_TYPE, 'utf-8'))).body, { a: 'é' })
    assert.deepEqual((await client.post('a=%E9', typed(FORM_TYPE, 'ISO-8859-1'))).body, { a: 'é' })
    assert.deepEqual(
      (await client.post(Buffer.from('a=\xe9', 'latin1'), typed(FORM_TYPE, 'iso-8859-1'))).body,
      {
        a: 'é',
      },
    )
    const { status, error } = await client.post('a=1', typed(FORM_TYPE, 'utf-16'))
    assert.deepEqual([status, error?.type, error?.charset], [415, 'charset.unsupported', 'utf-16'])
  })

  it('urlencoded() lets a sentinel choose the charset, and decodes entities, when it is told to', async (t) => {
    const form = 'utf8=%26%2310003%3B&a=%E9&b=%26%239786%3B'
    const plain = await parsing(t, nozomi.urlencoded())
    assert.deepEqual((await plain.post(form, FORM_TYPE)).body, { utf8: '&#10003;', a: '%E9', b: '&#9786;' })
    const told = await parsing(
      t,
      nozomi.urlencoded({ charsetSentinel: true, interpretNumericEntities: true }),
    )
    assert.deepEqual((await told.post(form, FORM_TYPE)).body, { a: 'é', b: '☺' })
    const utf8 = await told.post('utf8=%E2%9C%93&a=%C3%A9', typed(FORM_TYPE, 'iso-8859-1'))
    assert.deepEqual(utf8.body, { a: 'é' })
  })

  it('an unknown one is 415, with verify or without', async (t) => {
    const parsers = [nozomi.text(), nozomi.text({ verify: () => assert.fail('nothing was decoded yet') })]
    for (const parser of parsers) {
      const client = await parsing(t, parser)
      for (const charset of ['x-none', 'constructor', '__proto__', 'toString']) {
        const { status, error } = await client.post('text', typed(TEXT_TYPE, charset))
        assert.deepEqual(
          [status, error?.type, error?.code, error?.charset, error?.message],
          [
            415,
            'charset.unsupported',
            'NOZOMI_BODY_CHARSET',
            charset.toLowerCase(),
            `unsupported charset "${charset.toUpperCase()}"`,
          ],
        )
      }
    }
  })

  it('raw() does not care', async (t) => {
    const client = await parsing(t, nozomi.raw())
    assert.equal((await client.post('ok', typed(BYTES_TYPE, 'x-none'))).body, '6f6b')
  })
})

describe('defaultCharset', () => {
  it('is what text() takes where the request names no charset', async (t) => {
    const client = await parsing(t, nozomi.text({ defaultCharset: 'KOI8-R' }))
    const bytes = iconv.encode('Привет', 'koi8-r')
    assert.equal((await client.post(bytes, TEXT_TYPE)).body, 'Привет')
    assert.equal((await client.post('Привет', typed(TEXT_TYPE, 'utf-8'))).body, 'Привет')
  })

  it('is what json() takes where the request names no charset', async (t) => {
    const client = await parsing(t, nozomi.json({ defaultCharset: 'UTF-16LE' }))
    const bytes = Buffer.from('{"a":"名"}', 'utf16le')
    assert.deepEqual((await client.post(bytes, JSON_TYPE)).body, { a: '名' })
    assert.deepEqual((await client.post('{"a":"名"}', typed(JSON_TYPE, 'utf-8'))).body, { a: '名' })
  })

  it('is what urlencoded() takes where the request names no charset', async (t) => {
    const client = await parsing(t, nozomi.urlencoded({ defaultCharset: 'iso-8859-1' }))
    assert.deepEqual((await client.post('a=%E9', FORM_TYPE)).body, { a: 'é' })
    assert.deepEqual((await client.post('a=%C3%A9', typed(FORM_TYPE, 'utf-8'))).body, { a: 'é' })
  })

  it('is given to verify, in lower case', async (t) => {
    const seen: unknown[] = []
    const verify = (_req: unknown, _res: unknown, _body: Buffer, charset: string) => void seen.push(charset)
    const client = await parsing(t, nozomi.text({ defaultCharset: 'KOI8-R', verify }))
    await client.post('a', TEXT_TYPE)
    await client.post('a', typed(TEXT_TYPE, 'UTF-8'))
    assert.deepEqual(seen, ['koi8-r', 'utf-8'])
  })
})
