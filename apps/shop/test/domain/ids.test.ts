import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isId, newId } from '#shop/domain/ids.js'

it('ids are UUIDs of version 7, each another one, in the order of their time', () => {
  const times = [new Date(0), new Date('2025-01-02T03:04:05.678Z'), new Date('2031-01-01')]
  const ids = times.map((time) => newId(time))
  assert.deepEqual(ids.toSorted(), ids)
  assert.match(ids[1] ?? '', /^019424f8-632e-7[0-9a-f]{3}-[89ab]/)
  const many = Array.from({ length: 1000 }, () => newId<'order'>())
  assert.equal(new Set(many).size, 1000)
  assert.ok(many.every((id) => isId(id)))
  assert.ok(!isId('x') && !isId('019424F8-632E-7000-8000-000000000000'))

  it('are in the order in which they were made, within a millisecond too', () => {
    const now = new Date('2026-01-02T03:04:05.678Z')
    for (const time of [now, new Date(now.getTime() + 1), now]) {
      const ids = Array.from({ length: 1000 }, () => newId(time))
      assert.deepEqual(ids, ids.toSorted())
      assert.equal(new Set(ids).size, 1000)
    }
  })
})
