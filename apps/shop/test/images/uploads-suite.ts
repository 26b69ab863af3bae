import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ImageCleanUp } from '#shop/modules/images/services/image-clean-up.js'
import {
  asStaff,
  assertFieldRefused,
  assertProblem,
  createProduct,
  removeProduct,
} from '../catalogue/products.js'
import { asPrincipal } from '../support/test-authenticator.js'
import type { TestShop } from '../support/test-shop.js'
import { file, form } from './forms.js'
import { png } from './pictures.js'

export function describeUploads(shop: () => TestShop, folder: string): void {
  const ask: TestShop['ask'] = (path, options) => shop().ask(path, options)
  const filesIn = (name: string): string[] =>
    existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + 5000
    while (!(await condition())) {
      assert.ok(Date.now() < deadline, 'it did not come to be')
      await pause(20)
    }
  }
  /** Begins an upload whose body the test sends in pieces. */
  const begin = (path: string, length: number, upload: string): ClientRequest => {
    const headers = { ...form().headers, ...asStaff, 'Content-Length': length, 'Upload-Id': upload }
    const sent = request(`${shop().address}${path}`, { method: 'POST', headers, agent: false })
    sent.on('error', () => {})
    return sent
  }

  describe('an upload', () => {
    it('tells its uploader how far it is, now and as it goes', async () => {
      const { json: product } = await createProduct(shop())
      const upload = randomUUID()
      const address = `/api/v1/uploads/${upload}`
      assertProblem(await ask(address, { headers: asStaff }), 404, 'upload-not-found')
      const events: string[] = []
      const stream = request(`${shop().address}${address}`, {
        headers: { ...asStaff, Accept: 'text/event-stream' },
        agent: false,
      }).end()
      const watched = new Promise<IncomingMessage>((resolve) => stream.once('response', resolve))
      const answer = await watched
      assert.match(answer.headers['content-type'] ?? '', /^text\/event-stream/)
      answer.on('data', (chunk: Buffer) => events.push(...chunk.toString().split('\n\n').filter(Boolean)))

      const { body } = form(file(png(4, 4, 400_000)))
      const sent = begin(`/api/v1/products/${product.id}/images`, body.length, upload)
      sent.write(body.subarray(0, 200_000))
      await until(async () => (await ask(address, { headers: asStaff })).json.state === 'receiving')
      await pause(120)
      sent.write(body.subarray(200_000, 300_000))
      await until(async () => (await ask(address, { headers: asStaff })).json.received > 150_000)
      const { json: halfway } = await ask(address, { headers: asStaff })
      assert.deepEqual([halfway.state, halfway.total], ['receiving', body.length])
      assert.ok(halfway.received < body.length)
      sent.end(body.subarray(300_000))
      await until(() => answer.readableEnded)
      const told = events.map((event) => {
        assert.match(event, /^event: progress\ndata: /)
        return JSON.parse(event.slice(event.indexOf('{')))
      })
      assert.deepEqual([told[0].state, told.at(-1).state], ['receiving', 'done'])
      const counts = told.map(({ received }) => received)
      assert.deepEqual(
        counts,
        counts.toSorted((left, right) => left - right),
      )
      assert.equal((await ask(address, { headers: asStaff })).json.state, 'done')
      const other = asPrincipal({ id: 'somebody-else', permissions: ['catalogue:write'] })
      assertProblem(await ask(address, { headers: other }), 404, 'upload-not-found')
      assertProblem(await ask(address), 401, 'unauthenticated')
      const bad = await ask('/api/v1/uploads/7', { headers: asStaff })
      assertFieldRefused(bad, 'params', 'upload', /is "7"/, /a UUID/)
      await removeProduct(shop(), product.id)
    })

    it('that is broken off leaves no file', async () => {
      const { json: product } = await createProduct(shop())
      const kept = filesIn('kept').length
      const upload = randomUUID()
      const { body } = form(file(png(4, 4, 400_000)))
      const sent = begin(`/api/v1/products/${product.id}/images`, body.length, upload)
      sent.write(body.subarray(0, 200_000))
      await until(() => filesIn('incoming').length === 1)
      sent.destroy()
      await until(() => filesIn('incoming').length === 0)
      const state = async () => (await ask(`/api/v1/uploads/${upload}`, { headers: asStaff })).json.state
      await until(async () => (await state()) === 'failed')
      assert.equal(filesIn('kept').length, kept)
      assert.deepEqual((await ask(`/api/v1/products/${product.id}/images`)).json.items, [])
      assert.deepEqual(shop().log.errors, [])
      await removeProduct(shop(), product.id)
    })
  })

  describe('the clean-up of images', () => {
    it('removes what no image has any more, after an hour', async () => {
      const { json: product } = await createProduct(shop())
      const path = `/api/v1/products/${product.id}/images`
      const add = async () => {
        const { headers, body } = form(file(png()))
        return (await ask(path, { method: 'POST', headers: { ...headers, ...asStaff }, body })).json.items[0]
      }
      const [first, second] = [await add(), await add()]
      const { headers, body } = form(file(png(9, 9)))
      const replaced = await ask(`${path}/${first.id}`, {
        method: 'PUT',
        headers: { ...headers, ...asStaff },
        body,
      })
      const foreign = join(folder, 'kept', 'of-another-shop.png')
      const [abandoned, young] = [join(folder, 'incoming', 'abandoned'), join(folder, 'incoming', 'young')]
      for (const name of [foreign, abandoned, young]) writeFileSync(name, 'x')
      utimesSync(abandoned, new Date(0), new Date(0))

      const { imageRepository: images, imageFiles, log } = shop().cradle
      const at = (now: Date) => new ImageCleanUp({ images, imageFiles, log, clock: { now: () => now } })
      await at(new Date()).run()
      assert.equal((await ask(first.url)).status, 200, 'it was young')
      assert.ok(!existsSync(abandoned) && existsSync(young))

      const later = new Date(Date.now() + 3_700_000)
      await at(later).run()
      assert.equal((await ask(first.url)).status, 404)
      for (const { url } of [second, replaced.json]) assert.equal((await ask(url)).status, 200)
      await removeProduct(shop(), product.id)
      await at(later).run()
      for (const { url } of [second, replaced.json]) assert.equal((await ask(url)).status, 404)
      assert.ok(existsSync(foreign), 'what this shop did not announce is not its own')
      assert.equal(await at(later).run(), 0)
    })
  })
}
