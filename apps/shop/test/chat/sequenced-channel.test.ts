import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createSequencedChannel, type SequencedMessage } from '#shop/platform/realtime/sequenced-channel.js'
import { openState } from '#shop/platform/state/open-state.js'
import { SilentLog } from '../support/silent-log.js'
import { memoryState, redisIsMissing, redisState, type TestState } from '../support/states.js'
import { until } from './chat-client.js'

function describeChannel(name: string, create: () => TestState, skip: string | false = false): void {
  describe(name, { skip }, () => {
    it('numbers all messages, the same for all who listen', async () => {
      const tested = create()
      const one = await openState(tested.choice, new SilentLog())
      const two = tested.choice.kind === 'memory' ? one : await openState(tested.choice, new SilentLog())
      const channels = [createSequencedChannel(one, 'test'), createSequencedChannel(two, 'test')]
      const heard: SequencedMessage[][] = [[], []]
      for (const [index, channel] of channels.entries())
        await channel.subscribe((message) => heard[index]?.push(message))
      const start = await channels[0]?.position()
      assert.equal(start?.number, 0)
      const texts = Array.from({ length: 100 }, (_, index) => `message ${index}\nline two`)
      await Promise.all(texts.map((text, index) => channels[index % 2]?.publish(text)))
      await until(() => heard.every((messages) => messages.length === 100), 'all are heard')
      assert.deepEqual(heard[0], heard[1])
      assert.deepEqual(
        heard[0]?.map(({ number }) => number),
        texts.map((_, index) => index + 1),
      )
      assert.deepEqual(heard[0]?.map(({ message }) => message).toSorted(), texts.toSorted())
      assert.deepEqual(await channels[1]?.position(), { epoch: start?.epoch, number: 100 })
      await one.close()
      if (two !== one) await two.close()
      await tested.remove()
    })
  })
}

describeChannel('a sequenced channel in memory', memoryState)
describeChannel('a sequenced channel in Redis', redisState, await redisIsMissing())
