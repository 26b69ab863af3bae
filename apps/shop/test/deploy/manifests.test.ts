import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { readConfiguration, VARIABLES } from '#shop/start/configuration.js'
import { temporaryFolder } from '../support/temporary-folder.js'
import { clientOf } from '../support/client.js'
import { isIgnored } from './docker-ignore.js'
import { freePort, opensslIsMissing } from './nginx.js'
import { eventually } from '../support/eventually.js'

const DEPLOY = new URL('../../deploy/', import.meta.url)
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

const textOf = (name: string): string => readFileSync(new URL(name, DEPLOY), 'utf8')

// biome-ignore lint: whatever stands in the manifests
type Manifest = any

/** What a command of the manifests prints. */
function madeBy(command: string): string {
  const [program = '', ...words] = command.split(' ')
  return execFileSync(program, words, { encoding: 'utf8' }).trim()
}

function manifests(): Manifest[] {
  return readdirSync(new URL('kubernetes/', DEPLOY)).flatMap((name) =>
    parseAllDocuments(textOf(`kubernetes/${name}`)).map((document) => {
      assert.deepEqual(document.errors, [])
      return document.toJS() as Manifest
    }),
  )
}

/** The variables that the image sets. */
const imageVariables = (): Record<string, string> => {
  const [, block = ''] = /^ENV ((?:.*\\\n)*.*)$/m.exec(textOf('Dockerfile')) ?? []
  return Object.fromEntries(
    [...block.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  )
}

/** How often a text with random secrets is filled in: one of them may be right by chance. */
const FILLED = 8

const known = (name: string): boolean => VARIABLES.includes(name) || name.startsWith('SHIPPING_')

describe('the manifests for Kubernetes', () => {
  const all = manifests()
  const named = (kind: string, name: string): Manifest =>
    all.find((each) => each.kind === kind && each.metadata.name === name) ?? assert.fail(`no ${kind} ${name}`)
  const container = named('Deployment', 'shop').spec.template.spec.containers[0]

  it('have what selects one another', () => {
    const { spec } = named('Deployment', 'shop')
    for (const selector of [
      spec.selector.matchLabels,
      named('Service', 'shop').spec.selector,
      named('PodDisruptionBudget', 'shop').spec.selector.matchLabels,
    ])
      assert.deepEqual(selector, spec.template.metadata.labels)
    assert.ok(spec.replicas > named('PodDisruptionBudget', 'shop').spec.maxUnavailable)
  })

  it('ask for life and readiness where the shop answers them', () => {
    assert.equal(container.startupProbe.httpGet.path, '/health/live')
    assert.equal(container.readinessProbe.httpGet.path, '/health/ready')
    assert.equal(container.livenessProbe.httpGet.path, '/health/live')
    const port = named('ConfigMap', 'shop').data.PORT
    assert.equal(String(container.ports[0].containerPort), port)
  })

  it('give the shop the time to stop that it takes', () => {
    const { STOP_DELAY_MS = '0', STOP_LIMIT_MS } = named('ConfigMap', 'shop').data
    const preStop = Number(container.lifecycle.preStop.exec.command[1])
    const stops = (Number(STOP_DELAY_MS) + Number(STOP_LIMIT_MS)) / 1000 + 5
    assert.ok(named('Deployment', 'shop').spec.template.spec.terminationGracePeriodSeconds >= preStop + stops)
  })

  it('set variables that there are', () => {
    for (const name of Object.keys(named('ConfigMap', 'shop').data)) assert.ok(known(name), name)
  })

  it('let the shop start, with the secret that they say how to make', { skip: opensslIsMissing() }, () => {
    const elsewhere: Readonly<Record<string, string>> = {
      DATABASE_URL: 'postgres://shop:secret@postgres.example:5432/shop',
      REDIS_URL: 'redis://redis.example:6379/0',
      AMQP_URL: 'amqp://shop:secret@rabbitmq.example:5672',
      ADMIN_EMAIL: 'first@shop.example',
    }
    const literals = [
      ...textOf('kubernetes/shop.yaml').matchAll(/--from-literal=(\w+)=(?:"\$\((.*?)\)"|\.\.\.)/g),
    ]
    for (let time = 0; time < FILLED; time++) {
      const secret = literals.map(([, name = '', command]) => [
        name,
        command === undefined ? elsewhere[name] : madeBy(command),
      ])
      const configuration = readConfiguration({
        ...imageVariables(),
        ...named('ConfigMap', 'shop').data,
        ...Object.fromEntries(secret),
      })
      assert.deepEqual([configuration.storage.kind, configuration.state.kind], ['postgres', 'redis'])
      assert.ok(configuration.identity.production && configuration.operations.token !== null)
      assert.equal(configuration.identity.firstAdmin?.email, 'first@shop.example')
    }
  })
})

describe('the compose file', () => {
  const compose: Manifest = parse(textOf('compose.yaml'), { merge: true })
  const overTls: Manifest = parse(textOf('compose.tls.yaml'))

  it('has two instances of the shop and all that they stand on', () => {
    for (const name of ['app-1', 'app-2', 'shipping', 'nginx', 'postgres', 'redis', 'rabbitmq'])
      assert.ok(compose.services[name], name)
    for (const [name, service] of Object.entries<Manifest>(compose.services)) {
      for (const needed of Object.keys(service.depends_on ?? {})) {
        const other = compose.services[needed]
        const isChecked = other?.healthcheck !== undefined || other?.image === 'nozomi-shop'
        assert.ok(isChecked, `${name} waits for ${needed}, which nobody checks`)
      }
      for (const volume of service.volumes ?? []) {
        const [source] = volume.split(':')
        assert.ok(source.startsWith('.') || source in compose.volumes, volume)
      }
    }
  })

  it('gives nginx the variables of its template, and each instance a place in it', () => {
    const variablesOf = (template: string): Set<string> =>
      new Set([...textOf(template).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? ''))
    const { environment } = compose.services.nginx
    for (const name of variablesOf('nginx/shop.conf.template')) assert.ok(name in environment, name)
    for (const name of variablesOf('nginx/tls.conf.template'))
      assert.ok(name in overTls.services.nginx.environment, name)
    const servers: string = environment.SHOP_SERVERS
    for (const name of Object.keys(compose.services).filter((each) => each.startsWith('app-')))
      assert.ok(servers.includes(`server ${name}:3000`), name)
  })

  it('sets variables that there are, and names each secret in .env.example', () => {
    for (const name of Object.keys(compose.services['app-1'].environment)) assert.ok(known(name), name)
    const example = textOf('.env.example')
    for (const file of ['compose.yaml', 'compose.tls.yaml'])
      for (const [, name] of textOf(file).matchAll(/\$\{(\w+)/g))
        assert.match(example, new RegExp(`^${name}=`, 'm'))
  })

  it('lets the shop start, with .env.example filled in as it says', { skip: opensslIsMissing() }, () => {
    const example = textOf('.env.example')
    const [, command = ''] = /`(openssl [^`]+)` makes a secret/.exec(example) ?? []
    for (let time = 0; time < FILLED; time++) {
      const filled = Object.fromEntries(
        [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
          name,
          value || (name === 'ADMIN_EMAIL' ? 'first@shop.example' : madeBy(command)),
        ]),
      )
      const variables = Object.entries<string>(compose.services['app-1'].environment).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{(\w+):[?-]\}/g, (_all, used: string) => filled[used] ?? assert.fail(used)),
      ])
      const configuration = readConfiguration({ ...imageVariables(), ...Object.fromEntries(variables) })
      const { storage, events, identity } = configuration
      assert.ok(storage.kind === 'postgres' && events.kind === 'rabbitmq')
      const passwords = [storage.url, events.url].map((url) => decodeURIComponent(new URL(url).password))
      assert.deepEqual(passwords, [filled.POSTGRES_PASSWORD, filled.RABBITMQ_PASSWORD])
      assert.deepEqual(identity.firstAdmin, { email: filled.ADMIN_EMAIL, password: filled.ADMIN_PASSWORD })
      assert.deepEqual(
        [identity.tokenSecret, identity.sessionSecret],
        [filled.TOKEN_SECRET, filled.SESSION_SECRET],
      )
    }
  })

  it('gives the shop the time to stop that it takes', () => {
    const { STOP_LIMIT_MS } = compose.services['app-1'].environment
    assert.ok(
      Number.parseInt(compose.services['app-1'].stop_grace_period, 10) * 1000 >= Number(STOP_LIMIT_MS) + 5000,
    )
  })
})

describe('the image', () => {
  const dockerfile = textOf('Dockerfile')

  it('runs as nobody in particular, knows its health, and gets signals itself', () => {
    const last = dockerfile.split(/^FROM /m).at(-1) ?? ''
    assert.match(last, /^USER node$/m)
    assert.match(last, /^HEALTHCHECK [\s\S]*\/health\/live/m)
    assert.match(last, /^CMD \["node", /m)
  })

  it('is built from what Git has, and from no secret of this machine', () => {
    const patterns = textOf('Dockerfile.dockerignore')
    const secrets = ['.env', '.env.production', 'tls/shop.key', 'tls/shop.crt']
    for (const secret of secrets) assert.ok(isIgnored(`apps/shop/deploy/${secret}`, patterns), secret)
    for (const path of ['node_modules/x/index.js', 'apps/shop/dist/main.js', 'apps/shop/.data/images/1.png'])
      assert.ok(isIgnored(path, patterns), path)
    const sources = dockerfile.split(/^FROM /m)[1]?.matchAll(/^COPY (.*) \S+$/gm) ?? []
    for (const path of [...sources].flatMap(([, words = '']) => words.split(' ')))
      assert.ok(!isIgnored(path, patterns), path)
    for (const path of ['apps/shop/src/main.ts', 'apps/shop/deploy/.env.example'])
      assert.ok(!isIgnored(path, patterns), path)
  })

  it('has all that the shop needs to start', async (t) => {
    const folder = temporaryFolder()
    t.after(() => folder.remove())
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/repo\/(\S+) \S+$/gm)].map(
      ([, path]) => path ?? '',
    )
    for (const path of copied) {
      const target = join(folder.path, path)
      mkdirSync(dirname(target), { recursive: true })
      // What was installed is large, and the same.
      if (path === 'node_modules') symlinkSync(realpathSync(join(ROOT, path)), target)
      else
        cpSync(join(ROOT, path), target, {
          recursive: true,
          filter: (source) => !source.includes('node_modules'),
        })
    }
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? []
    const [, ...words] = JSON.parse(command) as string[]
    const port = await freePort()
    const { PATH = '' } = process.env
    const child = spawn(process.execPath, words, {
      cwd: folder.path,
      env: { PATH, PORT: String(port), DATABASE_URL: 'memory:', IMAGES_DIR: join(folder.path, 'images') },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const ended = once(child, 'exit')
    try {
      const ask = clientOf(`http://127.0.0.1:${port}`)
      const status = (path: string) =>
        ask(path).then(
          (answer) => answer.status,
          () => 0,
        )
      assert.equal(
        await eventually(
          () => status('/health/ready'),
          (answer) => answer === 200 || child.exitCode !== null,
        ),
        200,
        output,
      )
      for (const path of ['/', '/api/v1/products/1', '/api/openapi.json'])
        assert.equal(await status(path), 200, path)
    } finally {
      child.kill('SIGTERM')
      await ended
    }
  })
})
