import { ApiError } from '../api/api-error.js'
import { success } from '../api/client.js'
import { fetchImages, type Image } from '../api/images.js'
import { create } from '../dom/create.js'
import { createForm, field } from '../dom/form.js'
import { say } from '../frame/toasts.js'
import { asVisitor } from '../session/visitor.js'
import { uploadImages } from './upload.js'

/** The images of a product, and the upload of more. */
export async function createImagesPanel(product: number, signal: AbortSignal): Promise<HTMLElement> {
  const list = create('ul', { class: 'image-list' })
  const none = create('p', { class: 'soft' }, 'There are none yet: customers see a drawing.')
  const add = (images: readonly Image[]): void => {
    list.append(...images.map((image) => createItem(image, () => (none.hidden = list.childElementCount > 0))))
    none.hidden = list.childElementCount > 0
  }
  add(await fetchImages([product], signal))
  return create('div', {}, none, list, createUploadForm(product, add))
}

function createUploadForm(product: number, uploaded: (images: readonly Image[]) => void): HTMLElement {
  const files = create('input', {
    name: 'image',
    type: 'file',
    accept: 'image/jpeg,image/png,image/webp',
    multiple: true,
    required: true,
  })
  const alt = create('input', { name: 'alt', maxlength: 200 })
  const progress = create('progress', { max: 100, value: 0, 'aria-label': 'Upload', hidden: true })
  const said = create('p', { class: 'hint', role: 'status' })
  const showPart = (part: number): void => {
    progress.value = Math.round(part * 100)
    said.textContent = part < 1 ? `${progress.value} % sent` : 'Sent; the shop looks at it …'
  }
  const form = createForm({
    fields: [
      field('Pictures', files, 'JPEG, PNG or WebP, up to 5 MB each, 4 at a time.'),
      field('What they show', alt, 'For people who can not see them.'),
      progress,
      said,
    ],
    submit: 'Upload',
    act: async () => {
      progress.hidden = false
      showPart(0)
      try {
        const images = await uploadImages(product, [...(files.files ?? [])], alt.value.trim(), showPart)
        uploaded(images)
        form.reset()
        say(images.length === 1 ? 'The picture is there.' : `${images.length} pictures are there.`)
      } finally {
        progress.hidden = true
        said.textContent = ''
      }
    },
  })
  return form
}

function createItem({ id, product, url, alt, width, height }: Image, removed: () => void): HTMLElement {
  const remove = (): void => {
    const params = { product, image: id }
    success(asVisitor.delete('/v1/products/{product}/images/{image}', { params })).then(
      () => {
        item.remove()
        removed()
        say('The picture is removed.')
      },
      (error: unknown) => say(ApiError.messageOf(error)),
    )
  }
  const what = alt === '' ? 'a picture without description' : alt
  const item = create(
    'li',
    {},
    create('img', { src: url, alt: what, width: 72, height: 72, loading: 'lazy' }),
    create('span', { class: 'image-text' }, what, create('span', { class: 'soft' }, ` ${width} × ${height}`)),
    create(
      'button',
      { class: 'link', type: 'button', 'aria-label': `Remove ${what}`, onclick: remove },
      'Remove',
    ),
  )
  return item
}
