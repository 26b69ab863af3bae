import { mayDo } from '../../../../domain/principal.js'
import type { Slice } from '../../../../domain/paging.js'
import type { HandlerOf, Request } from '../../../../http/framework.js'
import { answerOnce } from '../../../../http/idempotent.js'
import { formatPlace } from '../../../../http/input/place-cursor.js'
import { userOf } from '../../../../http/principal.js'
import type { IdempotencyKeys } from '../../../../platform/idempotency/idempotency-keys.js'
import type { OrderId } from '../../domain/order.js'
import type { OrderSummary } from '../../domain/order-summary.js'
import type { Asker, ChangeOrder } from '../../services/commands/change-order.js'
import type { PlaceOrder } from '../../services/commands/place-order.js'
import type { OrderQueries } from '../../services/queries/order-queries.js'
import {
  type cancelOrder,
  type confirmOrder,
  type listAllOrders,
  type listOrders,
  orderSchema,
  type placeOrder,
  type readOrder,
} from '../contracts/order-contracts.js'
import { orderTag } from '../input/order-version.js'
import { representOrder, representStaffSummary, representSummary } from '../representations.js'

export interface OrderControllerDependencies {
  readonly placeOrder: PlaceOrder
  readonly changeOrder: ChangeOrder
  readonly orderQueries: OrderQueries
  readonly idempotencyKeys: IdempotencyKeys
}

export class OrderController {
  readonly #needs: OrderControllerDependencies

  constructor(needs: OrderControllerDependencies) {
    this.#needs = needs
  }

  create: HandlerOf<typeof placeOrder> = async (req, res) => {
    const { lines = null, shipTo: destination, level } = req.valid.body
    const { id: userId } = await userOf(req)
    const key = req.valid.headers['idempotency-key']
    await answerOnce(this.#needs.idempotencyKeys, { req, res, key, schema: orderSchema }, async () => {
      const order = await this.#needs.placeOrder.execute({ userId, lines, destination, level })
      const headers = { Location: `${req.baseUrl}/${order.id}`, ETag: orderTag(order) }
      return { status: 201, headers, body: representOrder(order) }
    })
  }

  read: HandlerOf<typeof readOrder> = async (req, res) => {
    const { id } = req.valid.params
    const user = await userOf(req)
    const seesAll = mayDo(user, 'orders:read')
    const order = await this.#needs.orderQueries.order(id, { userId: user.id, seesAll })
    res.set('ETag', orderTag(order)).json(representOrder(order))
  }

  confirm: HandlerOf<typeof confirmOrder> = async (req, res) => {
    const { params, headers } = req.valid
    const order = await this.#needs.changeOrder.confirm(params.id, await askerOf(req), headers['if-match'])
    res.set('ETag', orderTag(order)).json(representOrder(order))
  }

  cancel: HandlerOf<typeof cancelOrder> = async (req, res) => {
    const { params, headers, body } = req.valid
    const asker = await askerOf(req)
    const order = await this.#needs.changeOrder.cancel(params.id, asker, body.reason, headers['if-match'])
    res.set('ETag', orderTag(order)).json(representOrder(order))
  }

  listOwn: HandlerOf<typeof listOrders> = async (req, res) => {
    const { status = null, limit, cursor = null } = req.valid.query
    const { id: userId } = await userOf(req)
    const filter = { userId, status, from: null, until: null, minTotal: null }
    const slice = await this.#needs.orderQueries.list(filter, cursor, limit)
    res.json(representSlice(slice, representSummary))
  }

  listAll: HandlerOf<typeof listAllOrders> = async (req, res) => {
    const { filter, limit, cursor } = req.valid.query
    const slice = await this.#needs.orderQueries.listForStaff(filter, cursor, limit)
    res.json(representSlice(slice, representStaffSummary))
  }
}

async function askerOf(req: Request): Promise<Asker> {
  const user = await userOf(req)
  return { userId: user.id, isStaff: mayDo(user, 'orders:write') }
}

function representSlice<T extends OrderSummary, Shown>(
  { items, next }: Slice<T, OrderId>,
  represent: (item: T) => Shown,
): { items: Shown[]; nextCursor: string | null } {
  return { items: items.map(represent), nextCursor: next === null ? null : formatPlace(next) }
}
