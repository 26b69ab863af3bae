import { after, before, describe } from 'node:test'
import type { Instances } from '../instances.js'
import { describeHistory } from './history-suite.js'
import { describeHostileClients } from './hostile-suite.js'
import { describeRooms } from './room-suite.js'
import { describeSessions } from './session-suite.js'
import { describeTalking } from './talking-suite.js'

/** All that the chat does, at two addresses of it. */
export function describeChat(
  name: string,
  start: () => Promise<Instances>,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let instances: Instances

    before(async () => {
      instances = await start()
    })

    after(() => instances?.stop())

    describeTalking(() => instances)
    describeRooms(() => instances)
    describeHistory(() => instances)
    describeSessions(() => instances)
    describeHostileClients(() => instances)
  })
}
