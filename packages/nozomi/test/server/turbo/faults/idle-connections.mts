import { Client, head } from './client.mjs'
import { contestants } from './contestants.mjs'
import { Victim } from './victim.mjs'

/*
 * As many idle connections as are asked for, each of which has had an answer before:
 *
 *     node packages/nozomi/build/test/server/turbo/faults/idle-connections.mjs [count]
 *
 * Prints what one of them takes of each server. Twice as many file descriptors are needed in all, half in each process.
 */

/** So many are opened at once. */
const BATCH = 100

export interface Idle {
  /** Bytes of the heap, and of all that the process has, for one connection. */
  heap: number
  resident: number
  /** File descriptors that are open afterwards, and were not before. */
  files: number
  /** How many connections were answered again at the end. */
  answered: number
}

/** Opens connections, has one answer on each, lets them be idle, has another answer, and closes them. */
export async function measureIdle(victim: Victim, count: number): Promise<Idle> {
  await openAll(victim.port, BATCH).then(closeAll)
  const before = await victim.usageAtRest()
  const clients = await openAll(victim.port, count)
  const held = await victim.usage()
  if (held.connections !== count) throw new Error(`${held.connections} of ${count} connections are open`)
  for (const client of clients) client.received = ''
  await answerAll(clients)
  const answered = clients.filter(({ received }) => received.includes('200 OK')).length
  closeAll(clients)
  const after = await victim.usageAtRest()
  return {
    heap: Math.round((held.heap - before.heap) / count),
    resident: Math.round((held.resident - before.resident) / count),
    files: after.files - before.files,
    answered,
  }
}

async function openAll(port: number, count: number): Promise<Client[]> {
  const clients: Client[] = []
  while (clients.length < count) {
    const batch = Math.min(BATCH, count - clients.length)
    const opened = await Promise.all(Array.from({ length: batch }, () => Client.open(port)))
    await answerAll(opened)
    clients.push(...opened)
  }
  return clients
}

async function answerAll(clients: readonly Client[]): Promise<void> {
  await Promise.all(clients.map((client) => client.send(head('GET /')).until('ok')))
}

function closeAll(clients: readonly Client[]): void {
  for (const { socket } of clients) socket.destroy()
}

if (import.meta.filename === process.argv[1]) {
  const count = Number(process.argv[2] ?? 10_000)
  for (const contestant of contestants) {
    const victim = await Victim.start(contestant)
    const { heap, resident, files, answered } = await measureIdle(victim, count)
    await victim.stop()
    const bytes = `${heap} bytes of heap and ${resident} resident for each`
    console.log(
      `${contestant.name}: ${count} idle, ${answered} answered again; ${bytes}; ${files} descriptors left`,
    )
    if (answered !== count || files !== 0) process.exitCode = 1
  }
}
