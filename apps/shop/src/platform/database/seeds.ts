import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Database } from './database.js'

/** Which sets of data were laid in, so that what was removed does not come back at the next start. */
export const seeds = pgTable('seeds', {
  name: text('name').primaryKey(),
  appliedAt: timestamp('applied_at', { withTimezone: true, precision: 3 }).notNull(),
})

/** True at the first call for a name in the life of a database, and when that call's transaction was rolled back. */
export async function isFirstTime(transaction: Database, name: string): Promise<boolean> {
  const rows = await transaction
    .insert(seeds)
    .values({ name, appliedAt: new Date() })
    .onConflictDoNothing()
    .returning()
  return rows.length > 0
}
