import type { Request, Response } from '../../../../http/framework.js'
import type { Given } from '../../../../http/input/given.js'
import { userOf } from '../../../../http/principal.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import { mayDo } from '../../../../domain/principal.js'
import type { Permission } from '../../domain/roles.js'
import type { User } from '../../domain/user.js'
import type { AccountService } from '../../services/account-service.js'
import type { registrationBody } from '../input/credentials-body.js'
import type { userChanges, userListQuery, userPath } from '../input/user-input.js'
import { expectedVersion, userTag } from '../input/user-input.js'
import { representUser } from '../user-representation.js'

export const MANAGE_USERS: Permission = 'users:manage'

export class UserController {
  readonly #accounts: AccountService

  constructor(accounts: AccountService) {
    this.#accounts = accounts
  }

  register = async (req: Given<{ body: typeof registrationBody }>, res: Response): Promise<void> => {
    const user = await this.#accounts.register(req.valid.body, clientAddress(req))
    res.status(201).location(`${req.baseUrl.replace(/\/auth$/, '/users')}/${user.id}`)
    show(res, user)
  }

  list = async (req: Given<{ query: typeof userListQuery }>, res: Response): Promise<void> => {
    const { role = null, page, limit } = req.valid.query
    const { items, total } = await this.#accounts.page({ role }, page, limit)
    res.json({
      items: items.map(representUser),
      page: { number: page, size: limit, items: total, pages: Math.ceil(total / limit) },
    })
  }

  readSelf = async (req: Request, res: Response): Promise<void> => {
    const { id } = await userOf(req)
    show(res, await this.#accounts.user(id))
  }

  read = async (req: Given<{ params: typeof userPath }>, res: Response): Promise<void> => {
    const principal = await userOf(req)
    const { id } = req.valid.params
    if (id !== principal.id && !mayDo(principal, MANAGE_USERS)) {
      const detail = `Others than yourself you see with the permission ${MANAGE_USERS}.`
      throw new Problem(PROBLEMS.forbidden, detail)
    }
    show(res, await this.#accounts.user(id))
  }

  changeRoles = async (
    req: Given<{ params: typeof userPath; body: typeof userChanges }>,
    res: Response,
  ): Promise<void> => {
    const { id } = req.valid.params
    const { roles } = req.valid.body
    show(res, await this.#accounts.changeRoles(id, roles, expectedVersion(req)))
  }
}

function show(res: Response, user: User): void {
  res.set('ETag', userTag(user.version)).json(representUser(user))
}
