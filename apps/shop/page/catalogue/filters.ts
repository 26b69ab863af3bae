import type { Category } from '../api/catalogue.js'
import { type Choice, DEFAULT_SORT } from './choice.js'
import { create } from '../dom/create.js'
import { element } from '../dom/elements.js'

const TYPING_PAUSE_MS = 250

const search = element<HTMLFormElement>('#search')
const form = element<HTMLFormElement>('#filters')
const q = element<HTMLInputElement>('#q')
const minPrice = element<HTMLInputElement>('#minPrice')
const maxPrice = element<HTMLInputElement>('#maxPrice')
const inStock = element<HTMLInputElement>('#inStock')
const sort = element<HTMLSelectElement>('#sort')

export function showCategories(categories: readonly Category[], chosen: string): void {
  const list = element('#categories')
  for (const { slug, name, products } of categories) {
    const label = document.createElement('label')
    const input = Object.assign(document.createElement('input'), {
      type: 'radio',
      name: 'category',
      value: slug,
    })
    const count = create('small', { 'data-count': slug }, String(products))
    const text = document.createElement('span')
    text.append(name, ' ', count)
    label.append(input, text)
    list.append(label)
  }
  checkCategory(chosen)
}

/** How many products each category would show. Those that would show none are still there, and pale. */
export function showCounts(counts: ReadonlyMap<string, number>): void {
  for (const count of form.querySelectorAll<HTMLElement>('[data-count]')) {
    const products = counts.get(count.dataset.count ?? '')
    if (products === undefined) continue
    count.textContent = String(products)
    count.closest('label')?.classList.toggle('none', products === 0)
  }
}

/** What the form says now. */
export function readFilters(): Choice {
  return {
    q: q.value,
    category: String(new FormData(form).get('category') ?? ''),
    minPrice: minPrice.validity.valid ? minPrice.value : '',
    maxPrice: maxPrice.validity.valid ? maxPrice.value : '',
    inStock: inStock.checked,
    sort: sort.value,
  }
}

export function showFilters(choice: Choice): void {
  q.value = choice.q
  minPrice.value = choice.minPrice
  maxPrice.value = choice.maxPrice
  inStock.checked = choice.inStock
  sort.value = choice.sort
  if (sort.selectedIndex < 0) sort.value = DEFAULT_SORT
  checkCategory(choice.category)
}

/** Calls back when the visitor changed something: at once for a click, after a pause for typing. */
export function watchFilters(changed: () => void): void {
  let pause: ReturnType<typeof setTimeout> | undefined
  const soon = (): void => {
    clearTimeout(pause)
    pause = setTimeout(changed, TYPING_PAUSE_MS)
  }
  const now = (): void => {
    clearTimeout(pause)
    changed()
  }
  for (const field of [q, minPrice, maxPrice]) field.addEventListener('input', soon)
  for (const field of [form, sort]) {
    field.addEventListener('change', ({ target }) => {
      if (target !== minPrice && target !== maxPrice) now()
    })
  }
  for (const each of [search, form]) {
    each.addEventListener('submit', (event) => {
      event.preventDefault()
      now()
    })
  }
}

function checkCategory(slug: string): void {
  const radios = [...form.querySelectorAll<HTMLInputElement>('input[name="category"]')]
  const radio = radios.find(({ value }) => value === slug) ?? radios[0]
  if (radio === undefined) return
  radio.checked = true
  // On a phone the categories are a line wider than the screen.
  radio.closest('label')?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
