import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ExpressFactory, loadFactory, subjectName } from '../harness/subject.js'
import { type Plan, plans } from './plans.js'
import { walk } from './walk.js'

/*
 * Routers that nobody thought of: the same random tree of routers is built with both factories and asked for random
 * targets; the handlers that run, in their order, and all that they see must be the same. fast-check prints the seed
 * and the smallest tree that fails.
 */

const runs = Number(process.env['CONFORMANCE_RUNS'] ?? 1500)

async function tracesOf(express: ExpressFactory, { tree, requests }: Plan): Promise<string[][]> {
  const traces = []
  for (const request of requests) traces.push(await walk(express, tree, request))
  return traces
}

test(`${runs} random trees of routers are walked as Express walks them`, async () => {
  const [express, subject] = [loadFactory('express'), loadFactory(subjectName)]
  await fc.assert(
    fc.asyncProperty(plans, async (plan) => {
      assert.deepEqual(await tracesOf(subject, plan), await tracesOf(express, plan))
    }),
    { numRuns: runs },
  )
})
