import assert from 'node:assert/strict'
import type { RequestListener, Server, ServerOptions } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import { Client } from './faults/client.mjs'
import { type Contestant, listening, plainly, type Wire, wires } from './faults/contestants.mjs'

/*
 * The same server on node:http and on turbo: node:http is the oracle, so most tests here only say what is asked, and
 * that the same came back.
 */

export interface Exchange {
  options?: ServerOptions
  /** Sets the server up before it listens. */
  prepare?(server: Server, note: Note): void
  listener?(note: Note): RequestListener
  /** What the client does. What it is given back is compared. */
  talk(client: Client, server: Server): Promise<unknown>
}

/** What happened on the server, in its order. */
export type Note = (text: string) => void

export async function perform(t: TestContext, contestant: Contestant, exchange: Exchange): Promise<unknown> {
  // A test that an exception has failed goes on here, and nobody would close what it opens now.
  t.signal.throwIfAborted()
  const notes: string[] = []
  const note: Note = (text) => void notes.push(text)
  const server = contestant.create({ ...exchange.options }, exchange.listener?.(note))
  exchange.prepare?.(server, note)
  const client = await Client.open(await listening(t, server), contestant)
  const answer = await exchange.talk(client, server)
  return { answer: masked(answer), notes }
}

/** Ways to test the two that speak over a wire. */
export interface BesideNode {
  /** One test on each server, and then both side by side. */
  alike(name: string, exchange: Exchange): void
  /** A test that says what must come, on each server. */
  onEach(name: string, test: (t: TestContext, contestant: Contestant) => Promise<void>): void
}

export function besideNode({ node, turbo }: Wire): BesideNode {
  return {
    alike(name, exchange) {
      it(`${name}, as on node:http`, async (t) => {
        assert.deepEqual(await perform(t, turbo, exchange), await perform(t, node, exchange))
      })
    },
    onEach(name, test) {
      for (const contestant of [node, turbo]) it(`${name} (${contestant.name})`, (t) => test(t, contestant))
    },
  }
}

export const { alike, onEach } = besideNode(plainly)

/** The same tests on plain connections, and over TLS. */
export function onEachWire(title: string, tests: (beside: BesideNode & Wire) => void): void {
  for (const wire of wires) describe(title + wire.over, () => tests({ ...wire, ...besideNode(wire) }))
}

function masked(answer: unknown): unknown {
  if (typeof answer !== 'string') return answer
  return answer.replaceAll(/^Date: .*$/gm, 'Date: <now>').replaceAll(CHUNKS, (chunks) => {
    const content = chunks
      .split('\r\n')
      .filter((_line, index) => index % 2 === 1)
      .join('')
    return `${content.length.toString(16)}\r\n${content}\r\n`
  })
}

/**
 * The chunks of a body, but for the last. RFC 9112 §7.1: they say nothing by where they are cut; Node 26 joins what is
 * written in one turn, or does not.
 */
const CHUNKS = /(?:[1-9a-f][0-9a-f]*\r\n[^\r\n]*\r\n)+(?=0\r\n)/g
