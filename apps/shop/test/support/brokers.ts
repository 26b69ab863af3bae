import { randomUUID } from 'node:crypto'
import { connect } from 'amqplib'

/** A RabbitMQ server for tests; each run has a prefix of its own in it. */
export const AMQP_URL = process.env.TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672'

export function newAmqpPrefix(): string {
  return `shop-test-${randomUUID()}.`
}

/** Removes the exchanges of a prefix, and the queues of the consumers that used it. */
export async function removeFromBroker(prefix: string, consumers: readonly string[]): Promise<void> {
  const connection = await connect(AMQP_URL)
  const channel = await connection.createChannel()
  for (const consumer of consumers) {
    await channel.deleteQueue(`${prefix}${consumer}`)
    await channel.deleteQueue(`${prefix}${consumer}.dead`)
  }
  for (const exchange of ['events', 'dead']) await channel.deleteExchange(`${prefix}${exchange}`)
  await connection.close()
}

/** Why tests on a real RabbitMQ can't run; false when they can. */
export async function rabbitIsMissing(): Promise<string | false> {
  try {
    const connection = await connect(AMQP_URL, { timeout: 2000 })
    await connection.close()
    return false
  } catch (error) {
    return `no RabbitMQ at ${new URL(AMQP_URL).host} (TEST_AMQP_URL): ${String(error)}; the same suite ran in the process`
  }
}
