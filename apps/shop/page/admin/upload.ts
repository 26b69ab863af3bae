import { ApiError } from '../api/api-error.js'
import type { Received } from '../api/client.js'
import { session } from '../session/session.js'

type Uploaded = Received<'/v1/products/{product}/images', 'post'>

/** Uploads images of a product, and tells how much of them has been sent, from 0 to 1. */
export async function uploadImages(
  product: number,
  files: readonly File[],
  alt: string,
  sent: (part: number) => void,
): Promise<Uploaded['items']> {
  const form = new FormData()
  // Before the files: whoever reads the form as it comes has it then.
  form.append('alt', alt)
  for (const file of files) form.append('image', file)
  const fields = await session.fields()
  return new Promise((resolve, reject) => {
    // fetch does not say how much was sent.
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/products/${product}/images`)
    request.responseType = 'json'
    request.setRequestHeader('Accept', 'application/json')
    for (const [name, value] of Object.entries(fields)) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) => sent(total === 0 ? 0 : loaded / total))
    request.addEventListener('load', () => {
      if (request.status !== 201) return reject(new ApiError(request.status, request.response))
      const uploaded: Uploaded = request.response
      resolve(uploaded.items)
    })
    request.addEventListener('error', () => reject(new TypeError('the upload broke off')))
    request.send(form)
  })
}
