import { and, asc, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm'
import type { Page } from '../../../../domain/paging.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { failureOf, query, UNIQUE_VIOLATION } from '../../../../platform/database/database-errors.js'
import { EmailTaken } from '../../domain/errors.js'
import type { Credentials, UserFilter, UserRepository } from '../../domain/repositories.js'
import type { Role } from '../../domain/roles.js'
import type { User, UserId } from '../../domain/user.js'
import { users } from './tables.js'

/** Security: what is read of a user does not hold the hash; `credentials` asks for it. */
const { passwordHash: _passwordHash, ...USER_COLUMNS } = getTableColumns(users)

export class PostgresUserRepository implements UserRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  async add(user: User, passwordHash: string | null): Promise<void> {
    try {
      await query(async () => {
        await this.#sql.current.insert(users).values({ ...user, roles: [...user.roles], passwordHash })
      })
    } catch (error) {
      const { code, constraint } = failureOf(error)
      if (code === UNIQUE_VIOLATION && constraint === 'users_email_unique') throw new EmailTaken(user.email)
      throw error
    }
  }

  find(id: UserId): Promise<User | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select(USER_COLUMNS).from(users).where(eq(users.id, id))
      return row ?? null
    })
  }

  namesOf(ids: readonly UserId[]): Promise<ReadonlyMap<UserId, string>> {
    return query(async () => {
      const rows = await this.#sql.current
        .select({ id: users.id, name: users.name })
        .from(users)
        .where(inArray(users.id, [...ids]))
      return new Map(rows.map(({ id, name }) => [id, name]))
    })
  }

  credentials(email: string): Promise<Credentials | null> {
    return query(async () => {
      const [row] = await this.#sql.current.select().from(users).where(eq(users.email, email))
      if (row === undefined) return null
      const { passwordHash, ...user } = row
      return { user, passwordHash }
    })
  }

  page({ role }: UserFilter, offset: number, limit: number): Promise<Page<User>> {
    const condition = role === null ? undefined : hasRole(role)
    return query(async () => {
      const total = await this.#sql.current.$count(users, condition)
      const items = await this.#sql.current
        .select(USER_COLUMNS)
        .from(users)
        .where(condition)
        .orderBy(asc(users.createdAt), asc(users.id))
        .offset(offset)
        .limit(limit)
      return { items, total }
    })
  }

  save({ id, ...user }: User, expectedVersion: number): Promise<boolean> {
    return query(async () => {
      const saved = await this.#sql.current
        .update(users)
        .set({ ...user, roles: [...user.roles] })
        .where(and(eq(users.id, id), eq(users.version, expectedVersion)))
        .returning({ id: users.id })
      return saved.length > 0
    })
  }

  removePassword(id: UserId): Promise<void> {
    return query(async () => {
      await this.#sql.current.update(users).set({ passwordHash: null }).where(eq(users.id, id))
    })
  }

  countWith(role: Role): Promise<number> {
    return query(() => this.#sql.current.$count(users, hasRole(role)))
  }
}

function hasRole(role: Role): SQL {
  return sql`${role} = ANY(${users.roles})`
}
