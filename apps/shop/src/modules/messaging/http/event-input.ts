import { z } from 'zod'
import { idOf } from '../../../http/input/id.js'
import { parseNumberKey, slicing } from '../../../http/input/place-cursor.js'

export const eventPath = z.object({ id: idOf<'event'>('the id of an event') })

export const eventsQuery = z.strictObject(slicing(parseNumberKey))
