import { mayDo } from '../../../../domain/principal.js'
import type { Slice } from '../../../../domain/paging.js'
import type { Request, Response } from '../../../../http/framework.js'
import { answerOnce } from '../../../../http/idempotent.js'
import { formatPlace } from '../../../../http/input/place-cursor.js'
import type { Given } from '../../../../http/input/given.js'
import { userOf } from '../../../../http/principal.js'
import type { IdempotencyKeys } from '../../../../platform/idempotency/idempotency-keys.js'
import type { Order, OrderId } from '../../domain/order.js'
import type { OrderSummary } from '../../domain/order-summary.js'
import type { Asker, ChangeOrder } from '../../services/commands/change-order.js'
import type { PlaceOrder } from '../../services/commands/place-order.js'
import type { OrderQueries } from '../../services/queries/order-queries.js'
import type {
  cancellationBody,
  confirmationBody,
  orderBody,
  orderPath,
  ownOrdersQuery,
  staffOrdersQuery,
} from '../input/order-input.js'
import { orderTag, requiredOrderVersion } from '../input/order-version.js'
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

  create = async (req: Given<{ body: typeof orderBody }>, res: Response): Promise<void> => {
    const { lines = null, shipTo: destination, level } = req.valid.body
    const { id: userId } = await userOf(req)
    await answerOnce(this.#needs.idempotencyKeys, req, res, async () => {
      const order = await this.#needs.placeOrder.execute({ userId, lines, destination, level })
      const headers = { Location: `${req.baseUrl}/${order.id}`, ETag: orderTag(order) }
      return { status: 201, headers, body: representOrder(order) }
    })
  }

  read = async (req: Given<{ params: typeof orderPath }>, res: Response): Promise<void> => {
    const { id } = req.valid.params
    const user = await userOf(req)
    const seesAll = mayDo(user, 'orders:read')
    answer(res, await this.#needs.orderQueries.order(id, { userId: user.id, seesAll }))
  }

  confirm = async (
    req: Given<{ params: typeof orderPath; body: typeof confirmationBody }>,
    res: Response,
  ): Promise<void> => {
    const { id } = req.valid.params
    const version = requiredOrderVersion(req)
    answer(res, await this.#needs.changeOrder.confirm(id, await askerOf(req), version))
  }

  cancel = async (
    req: Given<{ params: typeof orderPath; body: typeof cancellationBody }>,
    res: Response,
  ): Promise<void> => {
    const { id } = req.valid.params
    const { reason } = req.valid.body
    const version = requiredOrderVersion(req)
    answer(res, await this.#needs.changeOrder.cancel(id, await askerOf(req), reason, version))
  }

  listOwn = async (req: Given<{ query: typeof ownOrdersQuery }>, res: Response): Promise<void> => {
    const { status = null, limit, cursor = null } = req.valid.query
    const { id: userId } = await userOf(req)
    const filter = { userId, status, from: null, until: null, minTotal: null }
    answerList(res, await this.#needs.orderQueries.list(filter, cursor, limit), representSummary)
  }

  listAll = async (req: Given<{ query: typeof staffOrdersQuery }>, res: Response): Promise<void> => {
    const { filter, limit, cursor } = req.valid.query
    answerList(res, await this.#needs.orderQueries.listForStaff(filter, cursor, limit), representStaffSummary)
  }
}

async function askerOf(req: Request): Promise<Asker> {
  const user = await userOf(req)
  return { userId: user.id, isStaff: mayDo(user, 'orders:write') }
}

function answer(res: Response, order: Order): void {
  res.set('ETag', orderTag(order)).json(representOrder(order))
}

function answerList<T extends OrderSummary>(
  res: Response,
  { items, next }: Slice<T, OrderId>,
  represent: (item: T) => object,
): void {
  res.json({ items: items.map(represent), nextCursor: next === null ? null : formatPlace(next) })
}
