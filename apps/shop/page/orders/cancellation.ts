import { create } from '../dom/create.js'
import { ask } from '../dom/question.js'
import { orderNumber } from './order-number.js'
import { cancelOrder, type OrderAnswer } from './orders.js'

/** Cancels somebody else's order: it says why, since the customer reads it. A tag of null means that it shall not be. */
export function askForCancellation(
  view: HTMLElement,
  id: string,
  tagOf: () => Promise<string | null>,
  cancelled: (answer: OrderAnswer) => void,
): void {
  const reason = create('input', { name: 'reason', required: true, minlength: 3, maxlength: 200 })
  let answer: OrderAnswer | null = null
  ask(view, {
    title: `Cancel order ${orderNumber(id)}?`,
    text: 'Its pieces go back into the stock. The customer is told, and reads why.',
    control: { label: 'Why', element: reason },
    yes: 'Cancel the order',
    no: 'Leave it',
    act: async () => {
      const tag = await tagOf()
      if (tag !== null) answer = await cancelOrder(id, tag, reason.value.trim())
    },
    done: () => {
      if (answer !== null) cancelled(answer)
    },
  })
}
