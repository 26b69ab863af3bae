import type { Image } from '../api/images.js'
import { create } from '../dom/create.js'

/** The photographs of a product: one large, and the others to choose from. */
export function createGallery(name: string, images: readonly Image[]): HTMLElement {
  const large = create('img', { class: 'gallery-large' })
  const thumbs = images.map((image, index) =>
    create(
      'button',
      {
        type: 'button',
        class: 'gallery-thumb',
        'aria-label': `Picture ${index + 1} of ${images.length}`,
        onclick: () => choose(index),
      },
      create('img', { src: image.url, alt: '' }),
    ),
  )
  const choose = (index: number): void => {
    const image = images[index]
    if (image === undefined) return
    large.src = image.url
    large.alt = image.alt === '' ? `${name}, picture ${index + 1}` : image.alt
    for (const [at, thumb] of thumbs.entries()) thumb.setAttribute('aria-pressed', String(at === index))
  }
  choose(0)
  const row =
    images.length > 1 &&
    create('div', { class: 'gallery-row', role: 'group', 'aria-label': 'Pictures' }, ...thumbs)
  return create('div', { class: 'gallery' }, large, row)
}
