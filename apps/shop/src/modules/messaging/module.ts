import { asFunction } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { Storage } from '../../platform/database/storage.js'
import type { HandledEvents } from '../../platform/events/handled-events.js'
import { MemoryHandledEvents } from '../../platform/events/memory-handled-events.js'
import { MemoryOutboxStore } from '../../platform/events/memory-outbox-store.js'
import type { Outbox, OutboxStore } from '../../platform/events/outbox.js'
import { OutboxRelay } from '../../platform/events/outbox-relay.js'
import { SqlHandledEvents } from '../../platform/events/sql-handled-events.js'
import { SqlOutboxStore } from '../../platform/events/sql-outbox-store.js'
import type { IdempotencyKeys } from '../../platform/idempotency/idempotency-keys.js'
import { MemoryKeyStore } from '../../platform/idempotency/memory-key-store.js'
import { SqlKeyStore } from '../../platform/idempotency/sql-key-store.js'
import { StoredIdempotencyKeys } from '../../platform/idempotency/stored-idempotency-keys.js'
import type { ShopModule } from '../module.js'
import { EventController } from './http/event-controller.js'
import { createEventRoutes } from './http/event-routes.js'
import { MESSAGING_PROBLEMS, problemOfMessaging } from './http/problems.js'
import { createHousekeeping } from './housekeeping.js'
import { measureOutbox } from './outbox-metrics.js'
import { DeadEvents } from './services/dead-events.js'

export interface MessagingCradle {
  readonly outboxStore: OutboxStore
  readonly outboxRelay: OutboxRelay
  readonly outbox: Outbox
  readonly handledEvents: HandledEvents
  readonly idempotencyKeys: IdempotencyKeys
  readonly deadEvents: DeadEvents
}

type Cradle = PlatformCradle & MessagingCradle

/** What is said once and heard once, though wires break: the outbox and its relay, handled events, idempotency keys. */
export const messagingModule: ShopModule<MessagingCradle> = {
  name: 'messaging',

  register: (storage) => ({
    outboxStore: asFunction(() => outboxStoreOn(storage)).singleton(),
    outboxRelay: asFunction(
      ({ outboxStore: store, transactions, events, clock, log }: Cradle) =>
        new OutboxRelay({ store, transactions, events, clock, log }),
    ).singleton(),
    outbox: asFunction(({ outboxRelay }: Cradle) => outboxRelay).singleton(),
    deadEvents: asFunction((cradle: Cradle) => new DeadEvents(cradle)).singleton(),
    handledEvents: asFunction(({ clock }: Cradle) =>
      storage.kind === 'sql'
        ? new SqlHandledEvents(storage.sql, storage.transactions, clock)
        : new MemoryHandledEvents(storage.memory, clock),
    ).singleton(),
    idempotencyKeys: asFunction(({ clock }: Cradle) => {
      const store = storage.kind === 'sql' ? new SqlKeyStore(storage.sql) : new MemoryKeyStore(storage.memory)
      return new StoredIdempotencyKeys(store, storage.transactions, clock)
    }).singleton(),
  }),

  api: ({ deadEvents }) => [
    {
      path: '/staff/events',
      versions: ['v1', 'v2'],
      router: createEventRoutes(new EventController(deadEvents)),
    },
  ],

  problems: MESSAGING_PROBLEMS,
  problemOf: problemOfMessaging,

  workers: (cradle) => {
    measureOutbox(cradle.outboxStore, cradle.clock, cradle.metrics.registry)
    return [
      {
        name: 'outbox relay',
        start: async () => cradle.outboxRelay.start(),
        stop: () => cradle.outboxRelay.stop(),
      },
      createHousekeeping(cradle),
    ]
  },
}

function outboxStoreOn(storage: Storage): OutboxStore {
  return storage.kind === 'sql' ? new SqlOutboxStore(storage.sql) : new MemoryOutboxStore(storage.memory)
}
