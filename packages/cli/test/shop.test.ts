import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import test from 'node:test'
import { nozomi } from './support/nozomi.js'

/*
 * The reference application, as a whole, in a process of its own: it is the largest one at hand, and nobody wrote it for the audit.
 */

const MAIN = fileURLToPath(new URL('../../../../apps/shop/dist/main.js', import.meta.url))

const IN_DEVELOPMENT = { DATABASE_URL: 'memory:', PORT: '0', LOG_LEVEL: 'error' }

for (const framework of ['nozomi', 'express']) {
  const environment = { ...IN_DEVELOPMENT, FRAMEWORK: framework }

  test(`the audit finds nothing in the shop on ${framework}`, async () => {
    const { code, stdout, stderr } = await nozomi(['audit', MAIN, '--fail-on', 'advice'], environment)
    assert.equal(stdout, 'nothing found\n', stderr)
    assert.equal(code, 0)
  })

  test(`the audit finds nothing in the shop on ${framework} in production`, async () => {
    const secrets = {
      TOKEN_SECRET: randomBytes(48).toString('hex'),
      SESSION_SECRET: randomBytes(48).toString('hex'),
    }
    const args = ['audit', MAIN, '--production', '--fail-on', 'advice']
    const { code, stdout, stderr } = await nozomi(args, { ...environment, ...secrets })
    assert.equal(stdout, 'nothing found\n', stderr)
    assert.equal(code, 0)
  })

  test(`lists the routes of the shop on ${framework}`, async () => {
    const { stdout, stderr } = await nozomi(['routes', MAIN, '--json'], environment)
    const routes = JSON.parse(stdout) as { pattern: string; place: { file: string } | null }[]
    assert.ok(routes.length > 80, stderr)
    const product = routes.find(({ pattern }) => pattern === '/api/v1/products/:id')
    assert.match(product?.place?.file ?? '', /apps\/shop\/src\/.*\.ts$/u)
  })
}
