import type { Category } from '../api/catalogue.js'
import { create } from '../dom/create.js'
import { type Control, field } from '../dom/form.js'
import { DETAIL_NAMES, type DetailName, type Details } from './details.js'

/** The limits are those of the API. */
export const MOST_PIECES = 1_000_000
const MOST_EUROS = 1_000_000

/** The controls for the details of a product, in the order of the form. */
export class DetailFields {
  readonly #controls: Readonly<Record<DetailName, Control>>
  readonly #labels: Readonly<Record<DetailName, string>>
  readonly #currency: string
  readonly #categories: readonly Category[]

  constructor(details: Details, categories: readonly Category[], currency: string) {
    this.#currency = currency
    this.#categories = categories
    this.#labels = {
      name: 'Name',
      description: 'Description',
      category: 'Category',
      price: `Price in ${currency}`,
    }
    const options = categories.map(({ slug, name }) =>
      create('option', { value: slug, selected: slug === details.category }, name),
    )
    this.#controls = {
      name: create('input', { name: 'name', required: true, maxlength: 120, value: details.name }),
      description: create('textarea', { name: 'description', rows: 5, maxlength: 2000 }, details.description),
      category: create('select', { name: 'category' }, ...options),
      price: create('input', {
        name: 'price',
        type: 'number',
        inputmode: 'decimal',
        required: true,
        min: 0,
        max: MOST_EUROS,
        step: 0.01,
        value: details.price,
      }),
    }
  }

  /** Each with its label. */
  get elements(): readonly HTMLElement[] {
    return DETAIL_NAMES.map((name) => field(this.#labels[name], this.#controls[name]))
  }

  labelOf(name: DetailName): string {
    return this.#labels[name]
  }

  /** As the shop would store it. */
  read(): Details {
    const { name, description, category, price } = this.#controls
    return {
      name: name.value.trim(),
      description: description.value.trim(),
      category: category.value,
      price: Number(price.value).toFixed(2),
    }
  }

  write(name: DetailName, value: string): void {
    this.#controls[name].value = value
  }

  /** A value for people. */
  textOf(name: DetailName, value: string): string {
    if (name === 'price') return `${value} ${this.#currency}`
    if (name === 'category') return this.#categories.find(({ slug }) => slug === value)?.name ?? value
    return value === '' ? '(empty)' : value
  }
}
