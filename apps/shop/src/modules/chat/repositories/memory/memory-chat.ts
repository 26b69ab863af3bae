import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Message } from '../../domain/message.js'
import type { Room } from '../../domain/room.js'

/** The chat's tables in memory. */

export interface MemberRow {
  readonly roomId: string
  readonly userId: string
}

export interface ReadRow extends MemberRow {
  readonly sequence: number
}

export function roomTable(memory: MemoryDatabase): MemoryTable<string, Room> {
  return memory.table('chat_rooms')
}

export function memberTable(memory: MemoryDatabase): MemoryTable<string, MemberRow> {
  return memory.table('chat_members')
}

export function messageTable(memory: MemoryDatabase): MemoryTable<string, Message> {
  return memory.table('chat_messages')
}

export function readTable(memory: MemoryDatabase): MemoryTable<string, ReadRow> {
  return memory.table('chat_reads')
}

/** A key of several parts; none of them has a line break. */
export function keyOf(...parts: readonly string[]): string {
  return parts.join('\n')
}
