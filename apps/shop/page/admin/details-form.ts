import { ApiError } from '../api/api-error.js'
import type { Category, Product } from '../api/catalogue.js'
import { success } from '../api/client.js'
import { createForm } from '../dom/form.js'
import { say } from '../frame/toasts.js'
import { asVisitor } from '../session/visitor.js'
import { ConflictPanel } from './conflict-panel.js'
import { DetailFields } from './detail-fields.js'
import { changesOf, type DetailName, type Details, detailsOf, mergeDetails } from './details.js'

/** How often it is tried anew when the product changes between reading and writing: each order changes it. */
const ATTEMPTS = 5

/**
 * Changes a product that others change meanwhile. It is read once more before it is saved: what came and went of its
 * stock does not matter here, what others edited is taken over, and what both edited is asked about. What is written is
 * what was edited alone, and only to the version that was read.
 */
export function createDetailsForm(
  product: Product,
  categories: readonly Category[],
  saved: (product: Product) => void,
): HTMLFormElement {
  const { currency } = product.price
  const fields = new DetailFields(detailsOf(product), categories, currency)
  const params = { id: product.id }
  /** What the shop had when the form was last in agreement with it. */
  let base = detailsOf(product)
  /** What it has now of what both have edited. */
  let theirs: Details = base
  const conflicts = new ConflictPanel(
    (name, choice) => {
      base = { ...base, [name]: theirs[name] }
      if (choice === 'theirs') fields.write(name, theirs[name])
    },
    () => {
      say('Save it now to keep it so.')
      form.querySelector<HTMLElement>('[type="submit"]')?.focus()
    },
  )

  const save = async (): Promise<void> => {
    const { data: current, headers } = await success(asVisitor.get('/v1/products/{id}', { params }))
    theirs = detailsOf(current)
    const mine = fields.read()
    const merge = mergeDetails(base, mine, theirs)
    for (const name of merge.theirs) fields.write(name, theirs[name])
    const kept = Object.fromEntries(merge.conflicts.map((name) => [name, base[name]]))
    base = { ...theirs, ...kept }
    conflicts.show(
      merge.conflicts.map((name) => ({
        name,
        label: fields.labelOf(name),
        theirs: fields.textOf(name, theirs[name]),
        mine: fields.textOf(name, mine[name]),
      })),
    )
    if (merge.conflicts.length > 0) return
    let now: Product = current
    if (merge.mine.length > 0) {
      const body = changesOf(mine, merge.mine)
      const asRead = { 'If-Match': headers.get('etag') ?? '' }
      now = (await success(asVisitor.patch('/v1/products/{id}', { params, body, headers: asRead }))).data
    }
    base = detailsOf(now)
    for (const name of merge.mine) fields.write(name, base[name])
    saved(now)
    say(sentenceOf(merge.mine.length > 0, merge.theirs))
  }

  const form = createForm({
    fields: [...fields.elements, conflicts.element],
    submit: 'Save',
    act: async () => {
      for (let left = ATTEMPTS; ; left -= 1) {
        try {
          return await save()
        } catch (error) {
          if (!(error instanceof ApiError) || error.status !== 412 || left <= 1) throw error
        }
      }
    },
  })
  return form
}

function sentenceOf(isSaved: boolean, taken: readonly DetailName[]): string {
  const first = isSaved ? 'The product is saved.' : 'There was nothing to save.'
  return taken.length === 0 ? first : `${first} Somebody else changed meanwhile: ${taken.join(', ')}.`
}
