import type { HandlerOf } from '../../../../http/framework.js'
import { userOf } from '../../../../http/principal.js'
import { Problem } from '../../../../http/problems/problem.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { clientAddress } from '../../../../http/security/client-address.js'
import { mayDo } from '../../../../domain/principal.js'
import type { AccountService } from '../../services/account-service.js'
import type { register } from '../contracts/auth-contracts.js'
import {
  type changeRoles,
  type listUsers,
  MANAGE_USERS,
  type readSelf,
  type readUser,
} from '../contracts/user-contracts.js'
import { userTag } from '../input/user-version.js'
import { representUser } from '../user-representation.js'

export class UserController {
  readonly #accounts: AccountService

  constructor(accounts: AccountService) {
    this.#accounts = accounts
  }

  register: HandlerOf<typeof register> = async (req, res) => {
    const user = await this.#accounts.register(req.valid.body, clientAddress(req))
    const address = `${req.baseUrl.replace(/\/auth$/, '/users')}/${user.id}`
    res.status(201).location(address).set('ETag', userTag(user)).json(representUser(user))
  }

  list: HandlerOf<typeof listUsers> = async (req, res) => {
    const { role = null, page, limit } = req.valid.query
    const { items, total } = await this.#accounts.page({ role }, page, limit)
    res.json({
      items: items.map(representUser),
      page: { number: page, size: limit, items: total, pages: Math.ceil(total / limit) },
    })
  }

  readSelf: HandlerOf<typeof readSelf> = async (req, res) => {
    const { id } = await userOf(req)
    const user = await this.#accounts.user(id)
    res.set('ETag', userTag(user)).json(representUser(user))
  }

  read: HandlerOf<typeof readUser> = async (req, res) => {
    const principal = await userOf(req)
    const { id } = req.valid.params
    if (id !== principal.id && !mayDo(principal, MANAGE_USERS)) {
      const detail = `Others than yourself you see with the permission ${MANAGE_USERS}.`
      throw new Problem(PROBLEMS.forbidden, detail)
    }
    const user = await this.#accounts.user(id)
    res.set('ETag', userTag(user)).json(representUser(user))
  }

  changeRoles: HandlerOf<typeof changeRoles> = async (req, res) => {
    const { params, headers, body } = req.valid
    const user = await this.#accounts.changeRoles(params.id, body.roles, headers['if-match'] ?? 'any')
    res.set('ETag', userTag(user)).json(representUser(user))
  }
}
