import assert from 'node:assert/strict'
import { it } from 'node:test'
import { InProcessEventBus } from '#shop/platform/events/in-process-event-bus.js'
import { SilentLog } from '../support/silent-log.js'
import { describeEventBus, eventOf } from './event-bus-suite.js'

describeEventBus('the event bus in the process', async () => {
  return new InProcessEventBus({ log: new SilentLog(), firstPauseMs: 1 })
})

it('the event bus in the process gives an event up after its attempts, says so, and goes on with the next', async () => {
  const log = new SilentLog()
  const events = new InProcessEventBus({ log, firstPauseMs: 1, attempts: 3 })
  const heard: unknown[] = []
  const reached = new Promise<void>((resolve) => {
    const handle = async ({ data }: { data: unknown }) => {
      heard.push(data)
      if (data === 'good') return resolve()
      throw new Error('never')
    }
    void events.subscribe({ consumer: 'stock', types: ['x'], handle })
  })
  await events.publish(eventOf('x', 'bad'))
  await events.publish(eventOf('x', 'good'))
  await reached
  assert.deepEqual(heard, ['bad', 'bad', 'bad', 'good'])
  assert.ok(log.lines.includes('an event was given up'))
  await events.close()
})
