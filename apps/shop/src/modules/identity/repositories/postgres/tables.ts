import { boolean, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { FamilyId } from '../../domain/token-family.js'
import type { Role } from '../../domain/roles.js'
import type { UserId } from '../../domain/user.js'

/** The tables of migrations/0010_identity.sql as the queries see them; a test compares the two. */

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const users = pgTable('users', {
  id: uuid('id').primaryKey().$type<UserId>(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull(),
  name: text('name').notNull(),
  roles: text('roles').array().notNull().$type<Role[]>(),
  passwordHash: text('password_hash'),
  generation: integer('generation').notNull(),
  version: integer('version').notNull(),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const federatedIdentities = pgTable(
  'federated_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    userId: uuid('user_id').notNull().$type<UserId>(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] })],
)

export const tokenFamilies = pgTable('token_families', {
  id: uuid('id').primaryKey().$type<FamilyId>(),
  userId: uuid('user_id').notNull().$type<UserId>(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
})

export const refreshTokens = pgTable('refresh_tokens', {
  hash: text('hash').primaryKey(),
  familyId: uuid('family_id').notNull().$type<FamilyId>(),
  rotatedAt: moment('rotated_at'),
})
