import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Framework } from '../support/test-shop.js'
import { connect, message } from './chat-client.js'
import { type Instances, oneInstance, twoInstances, twoInstancesAreMissing } from './instances.js'

const limits = { messages: { messages: 3, windowMs: 60_000 } }

async function tellsToWait({ one, other, people, stop }: Instances): Promise<void> {
  const [window, second] = [
    await connect(one, people.token('ada')),
    await connect(other, people.token('ada')),
  ]
  for (const client of [window, second, window]) await client.done('chat:send', message('support', 'hello'))
  const refused = await second.ask('chat:send', message('support', 'too much'))
  assert.equal(refused.problem.code, 'too-many-messages')
  assert.match(refused.problem.detail, /3 messages at a time; go on in \d+ s/)
  const ben = await connect(one, people.token('ben'))
  await ben.done('chat:send', message('support', 'not me'))
  const { items } = await ben.done('chat:history', { roomId: 'support' })
  assert.ok(!items.some(({ text }: { text: string }) => text === 'too much'))
  for (const client of [window, second, ben]) client.close()
  await stop()
}

/** How many messages somebody may send. */
export async function describeMessageRate(framework: Framework): Promise<void> {
  const options = { framework, limits }

  it(`on ${framework}, who sends too many messages is told to wait`, async () =>
    tellsToWait(await oneInstance(options)))

  it(
    `on ${framework}, messages are counted over all windows, on all instances`,
    { skip: await twoInstancesAreMissing() },
    async () => tellsToWait(await twoInstances(options)),
  )
}
