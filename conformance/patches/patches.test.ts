import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { loadFactory, subjectName } from '../harness/subject.js'
import { Bench } from './bench.js'
import { Comparison, type Deviation } from './compare.js'
import { detours } from './detours.js'
import { Ledger, uncalled } from './exceptions.js'
import { type Place, places } from './places.js'

/*
 * Agents and middleware put a method in the place of another at any time, and count on it that it is called where Express
 * would call it. So each member of Express, and of node's messages, is patched at each place where it can be, after the
 * application has served everything several times. Express is the oracle: what it calls for a request must be called on
 * the subject for the same request, and as often; `exceptions.ts` lists what is otherwise, with the reasons.
 */

const isExpress = subjectName === 'express'

describe(`late patches are called by ${subjectName} as by Express`, () => {
  const ledger = new Ledger()
  let benches: Bench[]
  let comparison: Comparison

  before(async () => {
    benches = [await Bench.open(loadFactory('express')), await Bench.open(loadFactory(subjectName))]
    comparison = new Comparison(benches[0] as Bench, benches[1] as Bench)
  })
  after(() => Promise.all(benches.map((bench) => bench.close())))

  for (const place of places) {
    it(`on ${place.name}`, { skip: isExpress && place.oracle !== undefined }, async (t) => {
      const { absent, deviations, disturbed, members, requests } = await comparison.compare(place)
      t.diagnostic(`${members} members patched one by one, during ${requests} requests`)
      assert.ok(requests > 0, 'something is called here')
      assert.deepEqual(absent, [], 'every member that can be patched on Express can be patched')
      assert.deepEqual(disturbed, [], 'a patch that passes everything on changes no answer')
      assert.deepEqual(summarize(ledger.uncovered(deviations)), [], 'calls differ from those on Express')
    })
  }

  it('every method is called by some request', { skip: isExpress }, () => {
    assert.deepEqual(
      comparison.uncalled().filter((name) => !uncalled.has(name)),
      [],
    )
  })

  it('every exception is still needed', { skip: isExpress }, () => {
    assert.deepEqual(ledger.unused(), [])
  })
})

describe('the comparison', { skip: isExpress }, () => {
  for (const { what, place, found, breakIt } of detours) {
    it(`finds a way past ${what}`, async () => {
      const subject = loadFactory(subjectName)
      const restore = breakIt(subject)
      const benches = [await Bench.open(loadFactory('express'), 1), await Bench.open(subject, 1)] as const
      try {
        const { deviations } = await new Comparison(...benches).compare(placeNamed(place))
        assert.match(summarize(new Ledger().uncovered(deviations)).join('\n'), found)
      } finally {
        restore()
        await Promise.all(benches.map((bench) => bench.close()))
      }
    })
  }
})

/** One line for each member, with the requests and the places where it is so. */
function summarize(deviations: readonly Deviation[]): string[] {
  const lines = new Map<string, Set<string>>()
  for (const { kind, member, how, request, express, subject } of deviations) {
    const line = `${kind}.${member} ${how}`
    const requests = lines.get(line) ?? new Set()
    lines.set(line, requests.add(`${request} (${express} on Express, ${subject} here)`))
  }
  return [...lines].map(([line, requests]) => `${line}: ${[...requests].join(', ')}`)
}

function placeNamed(name: string): Place {
  return places.find((place) => place.name === name) as Place
}
