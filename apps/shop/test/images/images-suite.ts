import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import {
  asStaff,
  assertFieldRefused,
  assertProblem,
  createProduct,
  removeProduct,
} from '../catalogue/products.js'
import type { Answer } from '../support/client.js'
import { asPrincipal } from '../support/test-authenticator.js'
import type { TestShop } from '../support/test-shop.js'
import { file, form, type Part } from './forms.js'
import { jpeg, png, webp } from './pictures.js'

const NOBODY = '018f0000-0000-7000-8000-000000000000'

/** `folder` is that of the images. */
export function describeImages(shop: () => TestShop, folder: string): void {
  const ask: TestShop['ask'] = (path, options) => shop().ask(path, options)
  const filesIn = (name: string): string[] => {
    const path = join(folder, name)
    return existsSync(path) ? readdirSync(path) : []
  }
  const send = (path: string, parts: readonly Part[], method = 'POST'): Promise<Answer> => {
    const { headers, body } = form(...parts)
    return ask(path, { method, headers: { ...headers, ...asStaff }, body })
  }
  /** Runs a test with a product of its own; nothing of what came in may be left afterwards. */
  const withProduct = async (test: (path: string, id: number) => Promise<void>): Promise<void> => {
    const { json } = await createProduct(shop())
    await test(`/api/v1/products/${json.id}/images`, json.id)
    // When a form breaks off, it is told before the file is closed and removed.
    for (let tries = 0; filesIn('incoming').length > 0 && tries < 100; tries++) await pause(20)
    assert.deepEqual(filesIn('incoming'), [])
    await removeProduct(shop(), json.id)
  }

  describe('an image', () => {
    it('is stored, listed, read, served, replaced and removed', () =>
      withProduct(async (path, product) => {
        const bytes = png(20, 30)
        const created = await send(path, [
          { name: 'alt', content: ' A kettle ' },
          file(bytes, '../../evil.sh'),
        ])
        assert.equal(created.status, 201, created.text)
        const [image] = created.json.items
        assert.equal(created.headers.get('location'), `${path}/${image.id}`)
        assert.deepEqual(
          [image.product, image.type, image.width, image.height, image.bytes, image.alt],
          [product, 'image/png', 20, 30, bytes.length, 'A kettle'],
        )
        assert.match(image.url, /^\/images\/[0-9a-f]{32}\.png$/)
        assert.deepEqual((await ask(path)).json.items, [image])
        assert.deepEqual((await ask(`${path}/${image.id}`)).json, image)
        assert.deepEqual((await ask(`/api/v2/images?products=1,${product}`)).json.items, [image])

        const replaced = await send(`${path}/${image.id}`, [file(jpeg(7, 8))], 'PUT')
        assert.equal(replaced.status, 200, replaced.text)
        assert.deepEqual(
          [replaced.json.type, replaced.json.width, replaced.json.alt],
          ['image/jpeg', 7, 'A kettle'],
        )
        assert.notEqual(replaced.json.url, image.url)
        assert.equal((await ask(replaced.json.url)).headers.get('content-type'), 'image/jpeg')

        const removed = await ask(`${path}/${image.id}`, { method: 'DELETE', headers: asStaff })
        assert.deepEqual([removed.status, removed.text], [204, ''])
        assert.equal((await ask(replaced.json.url)).status, 404)
        assertProblem(await ask(`${path}/${image.id}`), 404, 'image-not-found')
        assert.deepEqual((await ask(path)).json.items, [])
      }))

    it('is served for ever, in parts, under conditions, as what it is and nothing else', () =>
      withProduct(async (path) => {
        const bytes = png(5, 5)
        const { json } = await send(path, [file(bytes)])
        const { url } = json.items[0]
        const whole = await ask(url)
        assert.equal(whole.headers.get('cache-control'), 'public, max-age=31536000, immutable')
        assert.equal(whole.headers.get('x-content-type-options'), 'nosniff')
        assert.equal(whole.headers.get('content-security-policy'), "default-src 'none'; sandbox")
        assert.equal(whole.headers.get('content-type'), 'image/png')
        const head = await ask(url, { method: 'HEAD' })
        assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(bytes.length)])
        const part = await ask(url, { headers: { Range: 'bytes=1-3' } })
        assert.deepEqual([part.status, part.text], [206, 'PNG'])
        const beyond = await ask(url, { headers: { Range: 'bytes=99999-' } })
        assertProblem(beyond, 416, 'range-not-satisfiable')
        assert.equal(beyond.headers.get('content-range'), `bytes */${bytes.length}`)
        const tag = whole.headers.get('etag') ?? ''
        assert.equal((await ask(url, { headers: { 'If-None-Match': tag } })).status, 304)
        assertProblem(await ask(url, { headers: { 'If-Match': '"other"' } }), 412, 'image-changed')
        assertProblem(await ask(url, { method: 'DELETE' }), 405, 'method-not-allowed')
      }))

    it('is any of the types that are taken', () =>
      withProduct(async (path) => {
        for (const [bytes, type] of [
          [png(11, 12), 'image/png'],
          [jpeg(11, 12), 'image/jpeg'],
          [webp('VP8 ', 11, 12), 'image/webp'],
          [webp('VP8L', 11, 12), 'image/webp'],
          [webp('VP8X', 11, 12), 'image/webp'],
        ] as const) {
          // What the client calls it does not matter.
          const { status, json, text } = await send(path, [file(bytes, 'x.gif', 'text/html')])
          assert.equal(status, 201, text)
          const [{ type: found, width, height, url }] = json.items
          assert.deepEqual([found, width, height], [type, 11, 12])
          assert.equal((await ask(url)).headers.get('content-type'), type)
        }
      }))

    it('is no more when its product is gone', async () => {
      const { json } = await createProduct(shop())
      await send(`/api/v1/products/${json.id}/images`, [file(png())])
      await removeProduct(shop(), json.id)
      assert.deepEqual((await ask(`/api/v1/images?products=${json.id}`)).json.items, [])
      assertProblem(await ask(`/api/v1/products/${json.id}/images`), 404, 'product-not-found')
    })

    it('comes with others, all or none of them', () =>
      withProduct(async (path) => {
        const bad = await send(path, [file(png()), file(Buffer.from('no picture'))])
        assertProblem(bad, 415, 'not-an-image')
        assert.deepEqual((await ask(path)).json.items, [])
        const four = await send(path, [file(png()), file(jpeg()), file(png()), file(png())])
        assert.deepEqual([four.status, four.json.items.length], [201, 4])
        assert.equal((await send(path, [file(png()), file(png()), file(png())])).status, 201)
        assertProblem(await send(path, [file(png()), file(png())]), 409, 'too-many-images')
        assert.equal((await send(path, [file(png())])).status, 201)
        assertProblem(await send(path, [file(png())]), 409, 'too-many-images')
        assert.equal((await ask(path)).json.items.length, 8)
      }))

    it('is for staff to write', () =>
      withProduct(async (path) => {
        const { headers, body } = form(file(png()))
        const image = `${path}/${NOBODY}`
        for (const [method, at] of [
          ['POST', path],
          ['PUT', image],
          ['DELETE', image],
        ] as const) {
          assertProblem(await ask(at, { method, headers, body }), 401, 'unauthenticated')
          const other = { ...headers, ...asPrincipal({ permissions: ['orders:write'] }) }
          assertProblem(await ask(at, { method, headers: other, body }), 403, 'forbidden')
        }
        assert.deepEqual((await ask(path)).json.items, [])
      }))
  })

  describe('an upload that is hostile', () => {
    const refusedAs = async (
      parts: readonly Part[],
      status: number,
      code: string,
      problem: RegExp,
      place: 'body' | 'files' = 'files',
    ) => {
      const kept = filesIn('kept').length
      await withProduct(async (path) => {
        const answer = await send(path, parts)
        assertProblem(answer, status, code)
        assert.match(answer.json.issues[0].message, problem)
        assert.equal(answer.json.issues[0].in, place)
        assert.deepEqual((await ask(path)).json.items, [])
      })
      assert.equal(filesIn('kept').length, kept)
    }

    it('with other bytes than it says is refused by its bytes', async () => {
      const script = Buffer.from('<script>alert(1)</script>')
      for (const [bytes, problem] of [
        [script, /no known type/],
        [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), /bytes of/],
        [Buffer.from('GIF89a\u0001\u0000\u0001\u0000'), /image\/gif/],
        [Buffer.from('%PDF-1.7 ...'), /application\/pdf/],
        [Buffer.from('PK\u0003\u0004'.padEnd(60, 'x')), /no known type|zip/],
        [Buffer.alloc(0), /is empty/],
      ] as const) {
        await refusedAs([file(bytes, 'nice.png.jpg.html', 'image/png')], 415, 'not-an-image', problem)
      }
    })

    it('whose head is cut or lies is refused', async () => {
      for (const bytes of [
        png().subarray(0, 20),
        jpeg().subarray(0, 12),
        Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), Buffer.alloc(50)]),
        Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]), Buffer.alloc(50)]),
        webp('VP8X').subarray(0, 22),
      ]) {
        await refusedAs([file(bytes)], 415, 'not-an-image', /does not say its size|known type/)
      }
    })

    it('that says it is enormous, or nothing, is refused before anybody decodes it', async () => {
      for (const [width, height] of [
        [8001, 1],
        [1, 4_294_967_295],
        [7000, 7000],
        [0, 5],
      ] as const) {
        await refusedAs([file(png(width, height))], 400, 'invalid-input', /pixels/)
      }
      await refusedAs([file(webp('VP8X', 16_000_000, 16_000_000))], 400, 'invalid-input', /pixels/)
      await refusedAs([file(jpeg(65_535, 65_535))], 400, 'invalid-input', /pixels/)
    })

    it('of too many bytes is refused', async () => {
      const large = file(png(9, 9, 5 * 1024 * 1024))
      await refusedAs([large], 413, 'image-too-large', /more than 5242880 bytes/)
    })

    it('of too many parts is refused, by the field', async () => {
      const five = Array.from({ length: 5 }, () => file(png()))
      await refusedAs(five, 400, 'invalid-input', /given too often/)
      const alts = Array.from({ length: 3 }, () => ({ name: 'alt', content: 'x' }))
      await refusedAs([file(png()), ...alts], 400, 'invalid-input', /not the only field/, 'body')
      await refusedAs([{ ...file(png()), name: 'photo' }], 400, 'invalid-input', /not known here/)
      const deep = { name: `alt${'[a]'.repeat(40)}`, content: 'x' }
      await refusedAs([file(png()), deep], 400, 'invalid-input', /not known here/, 'body')
      await refusedAs(
        [file(png()), { name: 'alt', content: 'x'.repeat(801) }],
        400,
        'invalid-input',
        /too long/,
        'body',
      )
    })

    it('has fields whose errors name them', () =>
      withProduct(async (path) => {
        for (const [parts, field, expected] of [
          [[{ name: 'alt', content: 'x' }], 'image', /a file/],
          [[file(png()), { name: 'alt', content: 'x'.repeat(201) }], 'alt', /at most 200/],
          [[file(png()), { name: 'alt', content: 'a\u0007b' }], 'alt', /a line of text/],
          [[file(png()), { name: 'title', content: 'x' }], 'title', /only alt/],
        ] as const) {
          const place = field === 'image' ? 'files' : 'body'
          assertFieldRefused(await send(path, parts), place, field, /./, expected)
        }
        const hostile = await send(path, [file(png()), { name: '__proto__', content: 'x' }])
        assertFieldRefused(hostile, 'body', '__proto__', /^The key "__proto__" is not allowed$/, /^$/)
        assert.deepEqual(filesIn('incoming'), [], 'what came with them is gone')
        const headers = { ...form().headers, ...asStaff, 'Upload-Id': 'mine' }
        const upload = await ask(path, { method: 'POST', headers, body: form(file(png())).body })
        assertFieldRefused(upload, 'headers', 'upload-id', /is "mine"/, /a UUID/)
      }))

    it('that is no form, or a broken one, is refused', () =>
      withProduct(async (path) => {
        const post = (headers: Record<string, string>, body?: string | Buffer) =>
          ask(path, {
            method: 'POST',
            headers: { ...asStaff, ...headers },
            ...(body !== undefined && { body }),
          })
        assertProblem(await post({ 'Content-Type': 'image/png' }, png()), 415, 'unsupported-media-type')
        assertProblem(await post({}), 415, 'unsupported-media-type')
        assertProblem(await post({ 'Content-Type': 'multipart/form-data' }, 'x'), 400, 'malformed-request')
        const { headers, body } = form(file(png()))
        assertProblem(await post(headers, body.subarray(0, -20)), 400, 'malformed-request')
        assertProblem(await post(headers, '--nonsense'), 400, 'malformed-request')
      }))

    it('to what is not there is refused before it is read', async () => {
      assertProblem(await send('/api/v1/products/999999/images', [file(png())]), 404, 'product-not-found')
      const missing = await send(`/api/v1/products/1/images/${NOBODY}`, [file(png())], 'PUT')
      assertProblem(missing, 404, 'image-not-found')
      const at = await send('/api/v1/products/x/images', [file(png())])
      assertFieldRefused(at, 'params', 'product', /is "x"/, /a whole number/)
      assertFieldRefused(await ask('/api/v1/products/1/images/7'), 'params', 'image', /is "7"/, /a UUID/)
      for (const query of [
        '',
        '?products=',
        '?products=a',
        '?products=1,,2',
        `?products=${'1,'.repeat(100)}1`,
      ]) {
        const answer = await ask(`/api/v1/images${query}`)
        assertFieldRefused(answer, 'query', 'products', /./, /1 to 100 ids/)
      }
    })

    it('can not reach beyond the folder when it is asked for', async () => {
      for (const path of [
        '/images/..%2f..%2fpackage.json',
        '/images/%2e%2e%2fincoming',
        '/images/kept',
        `/images/${'0'.repeat(32)}.png`,
        `/images/${'0'.repeat(32)}.png%00.html`,
        `/images/${'0'.repeat(32)}.svg`,
      ]) {
        const { status } = await ask(path)
        assert.ok(status === 404 || status === 400, `${path} ${status}`)
      }
    })
  })
}
