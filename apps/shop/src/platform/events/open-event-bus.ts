import type { Log } from '../log/log.js'
import type { EventBusChoice } from './configuration.js'
import type { OpenEventBus } from './event-bus.js'
import { InProcessEventBus } from './in-process-event-bus.js'

export async function openEventBus(choice: EventBusChoice, log: Log): Promise<OpenEventBus> {
  if (choice.kind === 'in-process') return new InProcessEventBus({ log })
  const { RabbitEventBus } = await import('./rabbit-event-bus.js')
  return RabbitEventBus.open({ url: choice.url, prefix: choice.prefix, log })
}
