import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { examplesOf } from './example.mjs'
import { readExpectations } from './expectation.mjs'
import { anchorOf, parsePage } from './markdown.mjs'
import { Workbench } from './project.mjs'
import { runExample } from './run-example.mjs'

/*
 * The tests of the docs can fail: what is wrong in an example is found.
 */

const workbench = new Workbench()
after(() => workbench.remove())

function examplesIn(...lines: string[]) {
  return examplesOf(parsePage('page.md', lines.join('\n')))
}

/** A page with one program: an application that answers GET, and then these lines. */
function exampleWith(...lines: string[]) {
  const app = [
    "import nozomi from 'nozomi'",
    'const app = nozomi()',
    "app.set('env', 'test')",
    "app.get('/json', (req, res) => res.json({ a: 1 }))",
    "app.get('/text', (req, res) => res.type('txt').send('hello'))",
    "app.get('/die', () => process.exit(3))",
    'app.listen(3000)',
  ]
  return examplesIn('```js run', ...app, ...lines, '```')
}

async function run(examples: ReturnType<typeof examplesIn>): Promise<void> {
  for (const example of examples) await runExample(example, await workbench.create(example))
}

describe('an example of the docs', () => {
  it('passes when it does what it says', async () => {
    await run(
      exampleWith(
        "console.log('ready') // prints ready",
        "console.log('\\nlater')",
        '// prints',
        '// prints later',
        '// GET /json (Accept: */*) -> 200 (Content-Type: /json/) (no Set-Cookie) { "a": 1 }',
        '// GET /text -> 200 /^hel/',
        '// GET /nothing -> 404',
      ),
    )
  })

  it('runs on stock Express as well, where that is asked for', async () => {
    const page = [
      '```ts run express',
      "import nozomi, { type Request } from 'nozomi'",
      'const app = nozomi()',
      'const router = nozomi.Router()',
      "app.use(router.get('/', (req: Request, res) => { res.json(Object.hasOwn(req, 'lambda')) }))",
      "console.log('inject' in app)",
      'app.listen(3000)',
      '// GET / -> 200 (X-Powered-By: Express) false',
    ]
    const [onNozomi, onExpress, ...others] = examplesIn(...page, '// prints true', '```')
    assert.deepEqual([onNozomi?.name, onExpress?.name, others], ['page.md:1', 'page.md:1 on Express', []])
    await run([onNozomi!])
    await assert.rejects(run([onExpress!]), /false/)
    await run(examplesIn(...page, '// prints false', '```').slice(1))
  })

  it('can not be asked for on stock Express where it is not of Nozomi', () => {
    assert.throws(
      () => examplesIn('```js run express', 'process.exit()', '```'),
      /nothing in it is of Nozomi/,
    )
  })

  for (const [what, ...lines] of [
    ['another status', '// GET /json -> 201'],
    ['another JSON body', '// GET /json -> 200 {"a":2}'],
    ['another text', '// GET /text -> 200 hell'],
    ['a text that does not match', '// GET /text -> 200 /x/'],
    ['another field', '// GET /text -> 200 (Content-Type: text/html)'],
    ['a field that is absent', '// GET /text -> 200 (Location: /x/)'],
    ['a field that must be absent', '// GET /text -> 200 (no ETag)'],
    ['another line', "console.log('a') // prints b", '// GET /text -> 200'],
    ['one line more', "console.log('a') // prints a", "console.log('b')", '// GET /text -> 200'],
    ['an empty line more', "console.log('a')", '// prints a', '// prints', '// GET /text -> 200'],
    ['no answer', '// GET /die -> 200'],
    ['another exit code', '// SIGTERM -> exit 0'],
  ] as const) {
    it(`fails with ${what}`, async () => {
      await assert.rejects(run(exampleWith(...lines)))
    })
  }

  it('fails when the program fails', async () => {
    await assert.rejects(run(examplesIn('```js run', "throw new Error('x')", '```')), /the program fails/)
  })

  it('fails when a test in it fails, which node:test reports by the exit code', async () => {
    const lines = ["import { test } from 'node:test'", "test('x', () => { throw new Error('x') })"]
    await assert.rejects(run(examplesIn('```js run', ...lines, '```')), /the program fails/)
  })

  it('fails when its types are wrong', async () => {
    await assert.rejects(run(examplesIn('```ts run', "export const n: number = 'x'", '```')), /TS2322/)
  })
})

describe('a page of the docs', () => {
  it('gives each program the files that stand before it, in their last version', () => {
    const [first, second] = examplesIn(
      '```js file=a.js\n1\n```',
      '```js run file=b.js\n2\n```',
      '```js file=a.js\n3\n```',
      '```http run=b.js\nGET / -> 200\n```',
    )
    assert.deepEqual(
      [...(first?.files ?? [])],
      [
        ['a.js', '1'],
        ['b.js', '2'],
      ],
    )
    assert.deepEqual(
      [...(second?.files ?? [])],
      [
        ['a.js', '3'],
        ['b.js', '2'],
      ],
    )
    assert.equal(second?.main, 'b.js')
  })

  for (const [what, ...lines] of [
    ['a program that is not marked', '```js', '1', '```'],
    ['a file that no program uses', '```js run', '1', '```', '```js file=a.js', '1', '```'],
    ['a run of a file that is not there', '```http run=a.js', 'GET / -> 200', '```'],
    ['a line of http that is no request', '```js file=a.js', '```', '```http run=a.js', 'GET me', '```'],
    ['a block that is never closed', '```js run', '1'],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => examplesIn(...lines))
    })
  }

  it('has the anchors that GitHub makes', () => {
    assert.equal(anchorOf('app.use([path], ...handlers)'), 'appusepath-handlers')
    assert.equal(anchorOf('`res.end()` and Content-Length'), 'resend-and-content-length')
    const { anchors } = parsePage('page.md', '# One\n## One\n```sh\n# no heading\n```')
    assert.deepEqual([...anchors], ['one', 'one-1'])
  })
})

describe('an expectation', () => {
  it('is read from a comment, over several lines', () => {
    const { steps } = readExpectations(
      '// POST /a?b=c (X-A: b (c)) a=1\n//     -> 201 (no ETag)\n//     {"x":1}\n',
      true,
    )
    assert.deepEqual(steps, [
      {
        kind: 'request',
        source: 'POST /a?b=c (X-A: b (c)) a=1 -> 201 (no ETag) {"x":1}',
        method: 'POST',
        target: '/a?b=c',
        fields: [['X-A', 'b (c)']],
        body: 'a=1',
        expected: { status: 201, fields: [['ETag', null]], body: '{"x":1}' },
      },
    ])
  })
})
