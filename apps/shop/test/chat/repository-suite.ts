import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { RoomNotFound } from '#shop/modules/chat/domain/errors.js'
import type { MessageDraft } from '#shop/modules/chat/domain/message.js'
import type { Room } from '#shop/modules/chat/domain/room.js'
import {
  type ChatRepositories,
  createChatRepositories,
} from '#shop/modules/chat/repositories/chat-repositories.js'
import type { Notification } from '#shop/modules/notifications/domain/notification.js'
import type { NotificationRepository } from '#shop/modules/notifications/domain/repositories.js'
import { createNotificationRepository } from '#shop/modules/notifications/repositories/create-notification-repository.js'
import { newId } from '#shop/domain/ids.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import { SilentLog } from '../support/silent-log.js'
import type { TestStorage } from '../support/storages.js'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const LATER = new Date('2026-03-05T05:06:07.089Z')

function newRoom(fields: Partial<Room> = {}): Room {
  return {
    id: randomUUID(),
    kind: 'private',
    title: 'A room',
    ownerId: 'ada',
    lastSequence: 0,
    createdAt: NOW,
    ...fields,
  }
}

function draft(roomId: string, clientId: string, fields: Partial<MessageDraft> = {}): MessageDraft {
  return {
    id: newId(NOW),
    roomId,
    authorId: 'ada',
    authorName: 'Ada',
    clientId,
    text: `text of ${clientId}`,
    mentions: ['ben'],
    sentAt: NOW,
    ...fields,
  }
}

/** The contract of the repositories of chat and notifications: every implementation passes it. */
export function describeChatRepositories(
  name: string,
  createStorage: () => TestStorage,
  skip: string | false = false,
): void {
  describe(name, { skip }, () => {
    let tested: TestStorage
    let storage: Storage
    let chat: ChatRepositories
    let notifications: NotificationRepository

    before(async () => {
      tested = createStorage()
      const nothing = { sql: async () => {}, memory: async () => {} }
      storage = await openStorage(tested.choice, nothing, new SilentLog())
      chat = createChatRepositories(storage)
      notifications = createNotificationRepository(storage)
    })

    after(async () => {
      await storage?.close()
      await tested?.remove()
    })

    it('gives rooms to those who belong to them, the newest first', async () => {
      const [older, newer] = [newRoom(), newRoom({ createdAt: LATER })]
      await chat.chatRooms.add(older, ['ada', 'zoe'])
      await chat.chatRooms.add(newer, ['zoe'])
      const hall = newRoom({ id: 'hall', kind: 'public', ownerId: null, createdAt: new Date(0) })
      await chat.chatRooms.addMissing(hall)
      await chat.chatRooms.addMissing({ ...hall, title: 'Another' })
      assert.deepEqual(await chat.chatRooms.find(older.id), { room: older, memberIds: ['ada', 'zoe'] })
      assert.equal(await chat.chatRooms.find('none'), null)
      const rooms = await chat.chatRooms.listFor('zoe')
      assert.deepEqual(rooms, [
        { room: newer, memberIds: ['zoe'], unread: 0 },
        { room: older, memberIds: ['ada', 'zoe'], unread: 0 },
        { room: hall, memberIds: [], unread: 0 },
      ])
    })

    it('adds and removes a member once', async () => {
      const room = newRoom()
      await chat.chatRooms.add(room, ['ada'])
      assert.equal(await chat.chatRooms.addMember(room.id, 'ben'), true)
      assert.equal(await chat.chatRooms.addMember(room.id, 'ben'), false)
      assert.equal(await chat.chatRooms.removeMember(room.id, 'ben'), true)
      assert.equal(await chat.chatRooms.removeMember(room.id, 'ben'), false)
    })

    it('numbers messages that come at once without gaps, and stores what is sent again once', async () => {
      const room = newRoom()
      await chat.chatRooms.add(room, ['ada', 'ben'])
      const drafts = Array.from({ length: 12 }, (_, index) => draft(room.id, `client-${index % 6}`))
      const stored = await Promise.all(drafts.map((one) => chat.chatMessages.append(one)))
      assert.equal(stored.filter(({ isNew }) => isNew).length, 6)
      const all = await chat.chatMessages.after(room.id, 0, 100)
      assert.deepEqual(
        all.map(({ sequence }) => sequence),
        [1, 2, 3, 4, 5, 6],
      )
      for (const { message } of stored)
        assert.deepEqual(
          message,
          all.find(({ clientId }) => clientId === message.clientId),
        )
      const other = await chat.chatMessages.append(draft(room.id, 'client-0', { authorId: 'ben' }))
      assert.deepEqual([other.isNew, other.message.sequence], [true, 7])
      assert.equal((await chat.chatRooms.find(room.id))?.room.lastSequence, 7)
      await assert.rejects(chat.chatMessages.append(draft('none', 'x')), RoomNotFound)
    })

    it('gives the messages around a place', async () => {
      const room = newRoom()
      await chat.chatRooms.add(room, ['ada'])
      for (let count = 1; count <= 5; count++)
        await chat.chatMessages.append(draft(room.id, `client-${count}`))
      const places = (messages: readonly { readonly sequence: number }[]) =>
        messages.map(({ sequence }) => sequence)
      assert.deepEqual(places(await chat.chatMessages.before(room.id, null, 2)), [5, 4])
      assert.deepEqual(places(await chat.chatMessages.before(room.id, 4, 2)), [3, 2])
      assert.deepEqual(places(await chat.chatMessages.before(room.id, 1, 2)), [])
      assert.deepEqual(places(await chat.chatMessages.after(room.id, 3, 9)), [4, 5])
    })

    it('moves the mark of a reader forward only, and counts what is left', async () => {
      const room = newRoom()
      await chat.chatRooms.add(room, ['mia'])
      assert.equal(await chat.chatReads.mark(room.id, 'mia', 1, NOW), false)
      for (let count = 1; count <= 3; count++)
        await chat.chatMessages.append(draft(room.id, `client-${count}`))
      const unread = async () =>
        (await chat.chatRooms.listFor('mia')).find(({ room: { id } }) => id === room.id)?.unread
      assert.equal(await unread(), 3)
      assert.equal(await chat.chatReads.mark(room.id, 'mia', 2, NOW), true)
      assert.equal(await chat.chatReads.mark(room.id, 'mia', 1, NOW), false)
      assert.equal(await chat.chatReads.mark(room.id, 'mia', 2, NOW), false)
      assert.equal(await unread(), 1)
      assert.equal(await chat.chatReads.mark(room.id, 'mia', 99, NOW), true)
      assert.deepEqual(await chat.chatReads.of(room.id), [{ userId: 'mia', sequence: 3 }])
      assert.equal(await unread(), 0)
    })

    it('keeps one notification of an event for a user, and marks it once', async () => {
      const made = (eventId: string, at: number): Notification => ({
        id: newId(new Date(NOW.getTime() + at)),
        userId: 'noa',
        eventId,
        kind: 'order-shipped',
        title: 'On its way',
        data: { orderId: 'o' },
        createdAt: NOW,
        readAt: null,
      })
      const [first, second, third] = [made('e1', 1), made('e2', 2), made('e3', 3)]
      for (const notification of [first, second, third])
        assert.equal(await notifications.add(notification), true)
      assert.equal(await notifications.add(made('e1', 4)), false)
      assert.equal(await notifications.add({ ...made('e1', 5), userId: 'other' }), true)
      assert.deepEqual(await notifications.before('noa', null, 2, false), [third, second])
      assert.deepEqual(await notifications.before('noa', second.id, 2, false), [first])
      const read = { ...second, readAt: NOW }
      assert.deepEqual(await notifications.markRead('noa', second.id, NOW), read)
      assert.deepEqual(await notifications.markRead('noa', second.id, LATER), read)
      assert.equal(await notifications.markRead('other', second.id, NOW), null)
      assert.equal(await notifications.countUnread('noa'), 2)
      assert.deepEqual(await notifications.before('noa', null, 9, true), [third, first])
      assert.equal(await notifications.markAllRead('noa', second.id, LATER), 1)
      assert.equal(await notifications.countUnread('noa'), 1)
      assert.equal(await notifications.markAllRead('noa', null, LATER), 1)
      assert.equal(await notifications.countUnread('other'), 1)
    })
  })
}
