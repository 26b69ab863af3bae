import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { fixture, nozomi } from './support/nozomi.js'

const FAULTY = fixture('faulty.mjs')
const SOUND = fixture('module-exports.cjs')

function rulesOf(json: string): string[] {
  return (JSON.parse(json) as { rule: string }[]).map(({ rule }) => rule)
}

test('audit names what is wrong, where, why, and how it is mended, and ends with 1', async () => {
  const { code, stdout } = await nozomi(['audit', FAULTY])
  assert.equal(code, 1)
  assert.match(stdout, /^error GET \/users\/me never runs: .* \(shadowed-route\)$/mu)
  assert.match(stdout, /^ {2}at {4}test\/fixtures\/faulty\.mjs:7:5$/mu)
  assert.match(stdout, /^ {2}why {3}\S/mu)
  assert.match(stdout, /^ {2}mend {2}Register GET \/users\/me first/mu)
  assert.match(stdout, /^1 error, 1 piece of advice$/mu)
})

test('audit names the line of a setting, too', async () => {
  const { stdout } = await nozomi(['audit', FAULTY])
  assert.match(stdout, /X-Powered-By \(x-powered-by\)\n {2}at {4}test\/fixtures\/faulty\.mjs:4:\d+$/mu)
})

test('audit ends with 0 when nothing is found', async () => {
  assert.deepEqual(await nozomi(['audit', SOUND]), { code: 0, stdout: 'nothing found\n', stderr: '' })
})

test('audit fails from the severity on that it is given', async () => {
  const args = ['audit', FAULTY, '--ignore', 'shadowed-route']
  assert.equal((await nozomi(args)).code, 0)
  assert.equal((await nozomi([...args, '--fail-on', 'advice'])).code, 1)
  assert.equal((await nozomi(['audit', FAULTY, '--fail-on', 'error'])).code, 1)
})

test('audit gives its findings as JSON', async () => {
  const { code, stdout } = await nozomi(['audit', FAULTY, '--json'])
  assert.equal(code, 1)
  assert.deepEqual(rulesOf(stdout), ['shadowed-route', 'x-powered-by'])
})

test('audit judges an application as one in production when it is told to', async () => {
  const { stdout } = await nozomi(['audit', FAULTY, '--json', '--production'])
  const expected = ['session-cookie-insecure', 'session-cookie-same-site', 'session-memory-store']
  assert.deepEqual(
    rulesOf(stdout).filter((rule) => rule.startsWith('session')),
    expected.toSorted(
      (one, other) => Number(one.includes('same-site')) - Number(other.includes('same-site')),
    ),
  )
})

test('explain says what runs for a request, and where it ends', async () => {
  const { code, stdout } = await nozomi(['explain', FAULTY, 'GET', '/users/42'])
  assert.equal(code, 0)
  assert.match(stdout, /^GET \/users\/42$/mu)
  assert.match(stdout, /> session/u)
  assert.match(stdout, /^Ends: .*\/users\/:id answers/mu)
})

test('explain gives what it knows as JSON', async () => {
  const { stdout } = await nozomi(['explain', FAULTY, 'get', '/users/42', '--json'])
  const { method, params } = JSON.parse(stdout) as { method: string; params: Record<string, string> }
  assert.deepEqual({ method, params: { ...params } }, { method: 'GET', params: { id: '42' } })
})

test('a command that is not there, or has arguments that it does not take, ends with 2 and says so', async () => {
  const wrong: [string[], RegExp][] = [
    [[], /^Usage: nozomi <command>/u],
    [['fly'], /there is no command fly/u],
    [['audit'], /nozomi audit: the application file is missing/u],
    [['audit', SOUND, 'more'], /more is one argument too many/u],
    [
      ['audit', SOUND, '--fail-on', 'everything'],
      /--fail-on must be error, warning, advice, not everything/u,
    ],
    [['routes', SOUND, '--fast'], /'--fast'/u],
    [['explain', SOUND, 'GET'], /the path is missing/u],
    [['explain', SOUND, 'G E T', '/'], /method must be one such as 'GET'/u],
  ]
  for (const [args, reason] of wrong) {
    const { code, stdout, stderr } = await nozomi(args)
    assert.equal(code, 2, args.join(' '))
    assert.equal(stdout, '')
    assert.match(stderr, reason)
  }
})

const COMMANDS = ['routes', 'explain', 'audit', 'openapi', 'fuzz', 'shadow']

test('lists its commands, and what each takes', async () => {
  const { code, stdout } = await nozomi(['--help'])
  assert.equal(code, 0)
  for (const command of COMMANDS) {
    assert.match(stdout, new RegExp(`^ {2}${command} `, 'mu'))
    const help = await nozomi([command, '--help'])
    assert.equal(help.code, 0)
    assert.match(help.stdout, new RegExp(`^Usage: nozomi ${command} <app file(?: or URL)?>`, 'u'))
  }
})

test('the README shows each command', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  for (const command of COMMANDS) assert.ok(readme.includes(`nozomi ${command} `), command)
})

test('--version says which one it is', async () => {
  const { version } = JSON.parse(readFileSync(fixture('../../package.json'), 'utf8')) as { version: string }
  assert.deepEqual(await nozomi(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' })
})
