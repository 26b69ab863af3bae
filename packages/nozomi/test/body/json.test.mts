import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import nozomi from 'nozomi'
import { findProtoKey, readNames } from '#dist/body/json-proto-keys.js'
import { JSON_TYPE, parsing } from './parsing.mjs'

/** The message of this engine for a text. */
function engineMessage(text: string): string {
  try {
    JSON.parse(text)
  } catch (error) {
    return (error as Error).message
  }
  return assert.fail(`${text} is no bad JSON`)
}

describe('json()', () => {
  it('gives what JSON.parse gives', async (t) => {
    const client = await parsing(t, nozomi.json())
    for (const text of ['{"a":[1,null,{"b":"é\\u00e9"}]}', '[]', ' \r\n\t{}', '[1e3,-0.5]']) {
      const { status, body } = await client.post(text, JSON_TYPE)
      assert.deepEqual([status, body], [200, JSON.parse(text)], text)
    }
  })

  it('gives {} for an empty body, and leaves req.body undefined when there is none', async (t) => {
    const client = await parsing(t, nozomi.json())
    assert.deepEqual((await client.post('', JSON_TYPE)).body, {})
    assert.equal((await client.get('/', { headers: JSON_TYPE })).body, '{}')
  })

  it('leaves a byte order mark out', async (t) => {
    const client = await parsing(t, nozomi.json())
    assert.deepEqual((await client.post('\ufeff{"a":1}', JSON_TYPE)).body, { a: 1 })
    const utf16 = Buffer.from('\ufeff{"a":"é"}', 'utf16le')
    const type = { 'Content-Type': 'application/json; charset=utf-16' }
    assert.deepEqual((await client.post(utf16, type)).body, { a: 'é' })
  })

  it('refuses malformed JSON with the message of the engine, and with the text', async (t) => {
    const client = await parsing(t, nozomi.json())
    for (const text of ['{', '{"a":1,}', "{'a':1}", '[1 2]', '{"a":"\n"}', '[1]x']) {
      const { status, error } = await client.post(text, JSON_TYPE)
      assert.equal(status, 400, text)
      assert.equal(error?.name, 'SyntaxError')
      assert.equal(error?.message, engineMessage(text))
      assert.equal(error?.type, 'entity.parse.failed')
      assert.equal(error?.body, text)
      assert.equal(error?.expose, true)
    }
  })

  it('takes only objects and arrays unless strict is false', async (t) => {
    const strict = await parsing(t, nozomi.json())
    const loose = await parsing(t, nozomi.json({ strict: false }))
    for (const text of ['true', 'null', '"text"', '1', '  7']) {
      const { status, error } = await strict.post(text, JSON_TYPE)
      assert.deepEqual([status, error?.name, error?.body], [400, 'SyntaxError', text])
      assert.ok(!String(error?.message).includes('#'), 'no placeholder is left in the message')
      assert.deepEqual((await loose.post(text, JSON_TYPE)).body, JSON.parse(text))
    }
  })

  it('names the first character of what strict refuses', async (t) => {
    const client = await parsing(t, nozomi.json())
    const { error } = await client.post('true', JSON_TYPE)
    assert.match(String(error?.message), /'?t'?/)
    assert.equal(
      error?.message,
      engineMessage('####').replace(/#+/g, (run) => 'true'.slice(0, run.length)),
    )
  })

  it('refuses a body of blanks', async (t) => {
    const client = await parsing(t, nozomi.json())
    const { status, error } = await client.post('  ', JSON_TYPE)
    assert.deepEqual([status, error?.type, error?.body], [400, 'entity.parse.failed', '  '])
  })

  it('passes values through the reviver, whose errors choose no status', async (t) => {
    const reviver = (key: string, value: unknown) => {
      if (key === 'bad') throw Object.assign(new Error('no'), { status: 200, type: 'mine', statusCode: 302 })
      return key === 'date' ? `revived ${value}` : value
    }
    const client = await parsing(t, nozomi.json({ reviver }))
    assert.deepEqual((await client.post('{"date":1}', JSON_TYPE)).body, { date: 'revived 1' })
    const { status, error } = await client.post('{"bad":1}', JSON_TYPE)
    assert.deepEqual([status, error?.message, error?.type], [400, 'no', 'entity.parse.failed'])
  })

  it('parses large and deep bodies', async (t) => {
    const client = await parsing(t, nozomi.json({ limit: '10mb' }))
    const numbers = Array.from({ length: 300_000 }, (_, index) => index)
    assert.deepEqual((await client.post(JSON.stringify(numbers), JSON_TYPE)).body, numbers)
    const depth = 2000
    const deep = await client.post('['.repeat(depth) + ']'.repeat(depth), JSON_TYPE)
    assert.equal(JSON.stringify(deep.body), '['.repeat(depth) + ']'.repeat(depth))
  })
})

const POISONED = [
  ['{"__proto__":{"admin":true}}', '__proto__', {}],
  ['{"a":[1,{"b":{"__proto__":1,"c":2}}]}', '__proto__', { a: [1, { b: { c: 2 } }] }],
  ['[{"__proto__":null}]', '__proto__', [{}]],
  ['{"__pr\\u006fto__":{}}', '__proto__', {}],
  ['{"\\u005F\\u005f\\u0070\\u0072\\u006f\\u0074\\u006F\\u005f\\u005f":{}}', '__proto__', {}],
  [
    '{"constructor":{"prototype":{"admin":true},"name":"x"}}',
    'constructor.prototype',
    { constructor: { name: 'x' } },
  ],
  ['{"a":{"\\u0063onstructor":{"protot\\u0079pe":1}}}', 'constructor.prototype', { a: { constructor: {} } }],
] as const

const HARMLESS = [
  '{"constructor":"Frank Lloyd Wright"}',
  '{"constructor":{"name":"x"}}',
  '{"constructor":null}',
  '{"prototype":{"constructor":1}}',
  '{"a":"__proto__","b":["constructor.prototype"]}',
  '{"a":"\\u005f_proto__"}',
  '{"__proto":1,"_proto__":2,"proto":3}',
  '{"a":{"constructor":[{"name":1}]}}',
]

describe('json() and keys that change prototypes', () => {
  for (const [text, key, rest] of POISONED) {
    it(`refuses, drops or keeps ${key} in ${text}`, async (t) => {
      const refusing = await parsing(t, nozomi.json())
      const { status, error } = await refusing.post(text, JSON_TYPE)
      assert.deepEqual(
        [status, error?.type, error?.code, error?.body],
        [400, 'entity.proto.key', 'NOZOMI_BODY_PROTO_KEY', text],
      )
      assert.match(String(error?.message), new RegExp(`"${key}"`))

      const dropping = await parsing(t, nozomi.json({ protoKeys: 'drop' }))
      assert.deepEqual((await dropping.post(text, JSON_TYPE)).body, rest)

      const keeping = await parsing(t, nozomi.json({ protoKeys: 'keep' }))
      assert.deepEqual((await keeping.post(text, JSON_TYPE)).body, JSON.parse(text))
    })
  }

  for (const text of HARMLESS) {
    it(`takes ${text} as it is`, async (t) => {
      for (const protoKeys of ['refuse', 'drop'] as const) {
        const client = await parsing(t, nozomi.json({ protoKeys }))
        const { status, body } = await client.post(text, JSON_TYPE)
        assert.deepEqual([status, body], [200, JSON.parse(text)])
      }
    })
  }

  it('drops them beside a reviver, which does not see __proto__', async (t) => {
    const seen: string[] = []
    const reviver = (key: string, value: unknown) => {
      seen.push(key)
      return typeof value === 'number' ? value + 1 : value
    }
    const client = await parsing(t, nozomi.json({ protoKeys: 'drop', reviver }))
    const { body } = await client.post('{"a":1,"__proto__":2,"constructor":{"prototype":3,"b":4}}', JSON_TYPE)
    assert.deepEqual(body, { a: 2, constructor: { b: 5 } })
    assert.ok(!seen.includes('__proto__'))
  })

  it('refuses them before a reviver runs', async (t) => {
    let calls = 0
    const client = await parsing(t, nozomi.json({ reviver: (_key, value) => (calls++, value) }))
    assert.equal((await client.post('{"__proto__":2}', JSON_TYPE)).status, 400)
    assert.equal(calls, 0)
  })

  it('finds them however their characters are escaped', () => {
    const name = fc.constantFrom('__proto__', 'constructor')
    const escaping = fc.array(fc.constantFrom('no', 'lower', 'upper'), { minLength: 11, maxLength: 11 })
    fc.assert(
      fc.property(name, escaping, (key, ways) => {
        const spelled = Array.from(key, (char, index) => spell(char, ways[index] as string)).join('')
        const text = `{"${spelled}":{"prototype":1}}`
        assert.equal(readNames(text, true), 'may hold some', text)
        assert.notEqual(findProtoKey(JSON.parse(text)), null)
      }),
    )
  })

  it('says of a long text that no such name is a key in it only where that is so', () => {
    const name = fc.constantFrom('__proto__', 'constructor', 'prototype', 'type', 'otype', 'name')
    const escaping = fc.array(fc.constantFrom('no', 'no', 'lower', 'upper'), { minLength: 11, maxLength: 11 })
    const told = new Set()
    fc.assert(
      fc.property(name, escaping, fc.constantFrom('', ' ', '\n'), (key, ways, space) => {
        const spelled = Array.from(key, (char, index) => spell(char, ways[index] as string)).join('')
        const text = `{"pad":"${'é'.repeat(3000)}","a":[{"${spelled}"${space}:1}]}`
        const tells = readNames(text, true)
        told.add(tells)
        if (tells === 'names none') assert.ok(!['__proto__', 'constructor', 'prototype'].includes(key), text)
        if (spelled === 'name') assert.equal(tells, 'names none')
      }),
      { numRuns: 2000 },
    )
    assert.equal(told.size, 3)
    assert.equal(readNames('{"name":1}', true), 'holds none')
  })

  it('finds them at any depth without recursion', () => {
    let body: unknown = JSON.parse('{"__proto__":1}')
    for (let depth = 0; depth < 100_000; depth++) body = [body]
    assert.equal(findProtoKey(body), '__proto__')
  })
})

function spell(char: string, way: string): string {
  if (way === 'no') return char
  const digits = char.charCodeAt(0).toString(16).padStart(4, '0')
  return `\\u${way === 'upper' ? digits.toUpperCase() : digits}`
}
