import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { StateUnavailable } from '../../domain/errors.js'
import type { State, Unsubscribe } from '../state/state.js'

/** A place in a sequence of messages. Numbers of another epoch say nothing about those of this one. */
export interface SequencePosition {
  /** Another one after the shared state was lost. */
  readonly epoch: string
  /** From 1, without gaps; 0 before the first message. */
  readonly number: number
}

export interface SequencedMessage extends SequencePosition {
  readonly message: string
}

/**
 * A channel whose messages are numbered, the same on every instance: who misses one (its connection to Redis broke)
 * sees it at the next, and a client can go on at another instance where it stopped at this one.
 *
 * All methods reject with StateUnavailable when the state can't be reached.
 */
export interface SequencedChannel {
  publish(message: string): Promise<void>
  /** The number of the message that was published last. */
  position(): Promise<SequencePosition>
  subscribe(listener: (message: SequencedMessage) => void): Promise<Unsubscribe>
}

/** What Redis itself is needed for: that number and message come together. */
export interface RedisAccess {
  readonly client: Redis
  readonly prefix: string
}

export type SequencedState = State | (State & RedisAccess)

export function createSequencedChannel(state: SequencedState, name: string): SequencedChannel {
  const keys = { epoch: `${name}:epoch`, number: `${name}:number`, channel: name }
  const read = new StateSequence(state, keys)
  return 'client' in state ? new RedisSequence(read, state, keys) : read
}

interface Keys {
  readonly epoch: string
  readonly number: string
  readonly channel: string
}

/** On the state of one process, where nobody comes between the number and the message. */
class StateSequence implements SequencedChannel {
  readonly #state: State
  readonly #keys: Keys

  constructor(state: State, keys: Keys) {
    this.#state = state
    this.#keys = keys
  }

  async publish(message: string): Promise<void> {
    const epoch = await this.#epoch()
    const number = await this.#state.increment(this.#keys.number)
    await this.#state.publish(this.#keys.channel, `${epoch} ${number} ${message}`)
  }

  async position(): Promise<SequencePosition> {
    const [epoch, number] = [await this.#epoch(), await this.#state.get(this.#keys.number)]
    return { epoch, number: Number(number ?? 0) }
  }

  subscribe(listener: (message: SequencedMessage) => void): Promise<Unsubscribe> {
    return this.#state.subscribe(this.#keys.channel, (text) => {
      const [, epoch = '', number = '', message = ''] = /^(\S+) (\d+) (.*)$/s.exec(text) ?? []
      listener({ epoch, number: Number(number), message })
    })
  }

  async #epoch(): Promise<string> {
    await this.#state.setIfAbsent(this.#keys.epoch, newEpoch())
    return (await this.#state.get(this.#keys.epoch)) ?? newEpoch()
  }
}

/** Numbers and publishes in one step: two instances that publish at once do not swap their messages. */
const PUBLISH = `
  redis.call('set', KEYS[1], ARGV[1], 'NX')
  local number = redis.call('incr', KEYS[2])
  return redis.call('publish', KEYS[3], redis.call('get', KEYS[1]) .. ' ' .. number .. ' ' .. ARGV[2])`

class RedisSequence implements SequencedChannel {
  readonly #sequence: StateSequence
  readonly #redis: RedisAccess
  readonly #keys: Keys

  constructor(sequence: StateSequence, redis: RedisAccess, keys: Keys) {
    this.#sequence = sequence
    this.#redis = redis
    this.#keys = keys
  }

  async publish(message: string): Promise<void> {
    const { client, prefix } = this.#redis
    const [epoch, number, channel] = [this.#keys.epoch, this.#keys.number, this.#keys.channel].map(
      (key) => `${prefix}${key}`,
    ) as [string, string, string]
    try {
      await client.eval(PUBLISH, 3, epoch, number, channel, newEpoch(), message)
    } catch (error) {
      throw new StateUnavailable(error)
    }
  }

  position(): Promise<SequencePosition> {
    return this.#sequence.position()
  }

  subscribe(listener: (message: SequencedMessage) => void): Promise<Unsubscribe> {
    return this.#sequence.subscribe(listener)
  }
}

function newEpoch(): string {
  return randomUUID().slice(0, 8)
}
