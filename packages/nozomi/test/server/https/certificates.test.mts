import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, Server } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import nozomi from 'nozomi'
import { CERTIFICATE, KEY } from '../../support/certificate.mjs'
import {
  CHAIN,
  CHAIN_KEY,
  HOST,
  HOST_KEY,
  LEAF,
  ROOT,
  SECOND,
  SECOND_KEY,
} from '../../support/certificates.mjs'
import { certificateOf, connected, started } from './handshake.mjs'

const SERVERS = ['node', 'turbo', 'http2'] as const
const FIRST = { key: KEY, cert: CERTIFICATE }
const OTHER = { key: SECOND_KEY, cert: SECOND }

function hello() {
  const app = nozomi()
  app.get('/', (_req, res) => void res.send('hello'))
  return app
}

/** Asks over HTTP/1.1, on a connection that is kept when there is an agent. */
async function ask(server: Server, options: https.RequestOptions): Promise<string> {
  const { port } = server.address() as AddressInfo
  const req = https.get({ host: '127.0.0.1', port, servername: 'localhost', agent: false, ...options })
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  return text(res)
}

for (const server of SERVERS) {
  const make = async (t: TestContext, options: object) =>
    started(t, nozomi.createServer(hello(), { server, ...options } as never) as unknown as https.Server)

  describe(`the certificates of a server of ${server}`, () => {
    it('may be a chain, which clients follow to the root', async (t) => {
      const chained = await make(t, { key: CHAIN_KEY, cert: CHAIN })
      assert.equal(await ask(chained, { ca: ROOT }), 'hello')
      const broken = await make(t, { key: CHAIN_KEY, cert: LEAF })
      await assert.rejects(ask(broken, { ca: ROOT }), {
        code: /UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/ as never,
      })
    })

    it('change without a restart, and open connections go on', async (t) => {
      const running = await make(t, FIRST)
      const open = await connected(running, { ca: CERTIFICATE, ALPNProtocols: ['http/1.1'] })
      assert.equal(await certificateOf(running), 'localhost')
      nozomi.reloadCertificates(running, OTHER)
      assert.equal(await certificateOf(running), 'second')
      assert.equal(await ask(running, { ca: SECOND }), 'hello')
      open.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
      assert.match(await text(open), /hello$/)
    })

    it('stay as they are when the new ones are no pair, or none at all', async (t) => {
      const running = await make(t, FIRST)
      const wrong = [
        { key: KEY, cert: SECOND },
        { key: 'no key', cert: SECOND },
        { key: SECOND_KEY, cert: 'no certificate' },
        { key: SECOND_KEY },
        {},
        { ...OTHER, hosts: { 'a.example': { key: KEY, cert: HOST } } },
      ]
      for (const one of wrong) {
        assert.throws(() => nozomi.reloadCertificates(running, one), {
          code: 'NOZOMI_CERTIFICATES',
          message: /^certificates: the certificate/,
        })
        assert.equal(await certificateOf(running), 'localhost')
        assert.equal(await certificateOf(running, 'a.example'), 'localhost')
      }
      assert.equal(await ask(running, { ca: CERTIFICATE }), 'hello')
    })

    it('may be of several hosts', async (t) => {
      const running = await make(t, FIRST)
      nozomi.reloadCertificates(running, {
        ...FIRST,
        hosts: { 'x.b.example': OTHER, '*.b.example': { key: HOST_KEY, cert: HOST } },
      })
      assert.equal(await certificateOf(running, 'x.b.example'), 'second')
      assert.equal(await certificateOf(running, 'y.b.example'), 'a.example')
      assert.equal(await certificateOf(running, 'b.example'), 'localhost')
      nozomi.reloadCertificates(running, { ...FIRST, hosts: { '*.b.example': OTHER } })
      assert.equal(await certificateOf(running, 'y.b.example'), 'second')
    })

    it('change alone: who is trusted, and the oldest protocol, stay as they were', async (t) => {
      const client = { key: CHAIN_KEY, cert: CHAIN, ca: [CERTIFICATE, SECOND, HOST] }
      const running = await make(t, { ...FIRST, ca: ROOT, requestCert: true, minVersion: 'TLSv1.3' })
      const assertKept = async (): Promise<void> => {
        for (const servername of ['localhost', 'b.example']) {
          const asked = { ...client, servername, checkServerIdentity: () => undefined }
          assert.equal(await ask(running, asked), 'hello', servername)
          await assert.rejects(ask(running, { ...asked, maxVersion: 'TLSv1.2' }), {
            message: /alert protocol version/,
          })
          const { key: _key, cert: _cert, ...nobody } = asked
          await assert.rejects(ask(running, nobody), servername)
          await assert.rejects(ask(running, { ...asked, key: HOST_KEY, cert: HOST }), servername)
        }
      }
      await assertKept()
      nozomi.reloadCertificates(running, { ...OTHER, hosts: { 'b.example': { key: HOST_KEY, cert: HOST } } })
      await assertKept()
    })

    it('are those of the hosts that were named last, and nothing is left of the others', async (t) => {
      const running = await make(t, FIRST)
      const owned = { key: HOST_KEY, cert: HOST }
      running.addContext('owned.example', owned)
      for (const host of ['one.example', 'two.example', 'two.example']) {
        nozomi.reloadCertificates(running, { ...FIRST, hosts: { [host]: OTHER } })
      }
      assert.equal(await certificateOf(running, 'one.example'), 'localhost')
      assert.equal(await certificateOf(running, 'two.example'), 'second')
      assert.equal(await certificateOf(running, 'owned.example'), 'a.example')
      nozomi.reloadCertificates(running, FIRST)
      assert.equal(await certificateOf(running, 'two.example'), 'second')
      assert.equal((running as unknown as { _contexts: unknown[] })._contexts.length, 2)
    })
  })

  describe(`certificate files of a server of ${server}`, () => {
    it('are read when it is made, and again when they change', async (t) => {
      const files = folder(t, FIRST)
      const running = await make(t, { certificateFiles: { ...files.paths, checkInterval: 20 } })
      assert.equal(await certificateOf(running), 'localhost')
      const changed = once(running, 'certificates')
      files.replace(OTHER)
      await changed
      assert.equal(await certificateOf(running), 'second')
    })

    it('that are no pair leave the old ones in use, and the server says so', async (t) => {
      const files = folder(t, FIRST)
      const running = await make(t, { certificateFiles: { ...files.paths, checkInterval: 20 } })
      const errors: Error[] = []
      running.on('certificatesError', (error) => errors.push(error))
      files.replace({ key: SECOND_KEY })
      await once(running, 'certificatesError')
      await wait(100)
      // Once, for these contents.
      assert.equal(errors.length, 1)
      assert.match((errors[0] as Error).message, /the certificate can't be used/)
      assert.equal(await certificateOf(running), 'localhost')
      const changed = once(running, 'certificates')
      files.replace({ cert: SECOND })
      await changed
      assert.equal(await certificateOf(running), 'second')
    })

    it('are read at once by reloadCertificates(server)', async (t) => {
      const files = folder(t, FIRST)
      const running = await make(t, { certificateFiles: { ...files.paths, checkInterval: 0 } })
      files.replace(OTHER)
      await wait(50)
      assert.equal(await certificateOf(running), 'localhost')
      nozomi.reloadCertificates(running)
      assert.equal(await certificateOf(running), 'second')
      files.replace({ key: KEY })
      assert.throws(() => nozomi.reloadCertificates(running), { code: 'NOZOMI_CERTIFICATES' })
      assert.equal(await certificateOf(running), 'second')
    })

    it('may be of several hosts', async (t) => {
      const files = folder(t, FIRST)
      const hosts = { 'a.example': folder(t, { key: HOST_KEY, cert: HOST }).paths }
      const running = await make(t, { certificateFiles: { ...files.paths, hosts, checkInterval: 20 } })
      assert.equal(await certificateOf(running, 'a.example'), 'a.example')
      assert.equal(await certificateOf(running), 'localhost')
      const changed = once(running, 'certificates')
      files.replace(OTHER)
      await changed
      assert.equal(await certificateOf(running, 'a.example'), 'a.example')
      assert.equal(await certificateOf(running), 'second')
    })
  })
}

describe('certificate files', () => {
  it('may be behind links, as certbot and clusters keep them', async (t) => {
    const first = folder(t, FIRST)
    const second = folder(t, OTHER)
    const live = mkdtempSync(join(tmpdir(), 'nozomi-live-'))
    t.after(() => rmSync(live, { recursive: true }))
    symlinkSync(first.path, join(live, 'current'))
    const paths = { key: join(live, 'current', 'key.pem'), cert: join(live, 'current', 'cert.pem') }
    const server = hello().listen({
      port: 0,
      host: '127.0.0.1',
      certificateFiles: { ...paths, checkInterval: 20 },
    })
    const running = await started(t, server as https.Server)
    const changed = once(running, 'certificates')
    symlinkSync(second.path, join(live, 'next'))
    renameSync(join(live, 'next'), join(live, 'current'))
    await changed
    assert.equal(await certificateOf(running), 'second')
  })

  it('that are gone for a while are a warning, once, where nobody listens', async (t) => {
    const files = folder(t, FIRST)
    const warnings: (Error & { code?: string })[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning)
    process.on('warning', onWarning)
    t.after(() => process.off('warning', onWarning))
    const options = { certificateFiles: { ...files.paths, checkInterval: 15 } }
    const running = await started(t, nozomi.createServer(hello(), options))
    unlinkSync(files.paths.cert)
    // The folder of a server of another test may go before it has closed.
    const ours = () =>
      warnings.filter(
        ({ code, message }) => code === 'NOZOMI_CERTIFICATES' && message.includes(files.paths.cert),
      )
    while (ours().length === 0) await wait(5)
    // For more looks at the files.
    await wait(100)
    assert.equal(ours().length, 1)
    assert.match((ours()[0] as Error).message, /cert\.pem can't be read: ENOENT/)
    assert.equal(await certificateOf(running), 'localhost')
  })

  it('that are missing, or no pair, when the server is made, are an error', (t) => {
    const files = folder(t, { key: KEY, cert: SECOND })
    assert.throws(() => nozomi.createServer(hello(), { certificateFiles: files.paths }), {
      code: 'NOZOMI_CERTIFICATES',
      message: /the certificate can't be used/,
    })
    const missing = { ...files.paths, key: '/nowhere/key.pem' }
    assert.throws(() => nozomi.createServer(hello(), { certificateFiles: missing }), {
      code: 'NOZOMI_CERTIFICATES',
      message: /the file \/nowhere\/key\.pem can't be read/,
    })
  })

  it('are no files of a server that was made without', async (t) => {
    const secure = https.createServer(FIRST, hello())
    assert.throws(() => nozomi.reloadCertificates(secure), {
      code: 'NOZOMI_CERTIFICATES',
      message: /made without/,
    })
    nozomi.reloadCertificates(await started(t, secure), OTHER)
    assert.equal(await certificateOf(secure), 'second')
    const plain = nozomi.createServer(hello())
    assert.throws(() => nozomi.reloadCertificates(plain, OTHER), {
      code: 'NOZOMI_CERTIFICATES',
      message: /does not speak TLS/,
    })
  })
})

/** A folder with a key and a certificate, which are replaced as renewers do it: by renaming new ones onto them. */
function folder(t: TestContext, contents: { key: string; cert: string }) {
  const path = mkdtempSync(join(tmpdir(), 'nozomi-certificates-'))
  t.after(() => rmSync(path, { recursive: true }))
  const paths = { key: join(path, 'key.pem'), cert: join(path, 'cert.pem') }
  const replace = (changed: { key?: string; cert?: string }): void => {
    for (const [name, content] of Object.entries(changed) as ['key' | 'cert', string][]) {
      writeFileSync(`${paths[name]}.new`, content)
      renameSync(`${paths[name]}.new`, paths[name])
    }
  }
  replace(contents)
  return { path, paths, replace }
}
