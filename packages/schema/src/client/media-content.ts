import type { Jsonified } from './jsonified.js'

type Json = `application/json${string}` | `${string}+json${string}`

/** What the client makes of a body of a media type whose schema gives `T`. */
export type ReceivedAs<MediaType, T> = MediaType extends '*/*' | 'application/*'
  ? unknown
  : MediaType extends Json
    ? Jsonified<T>
    : MediaType extends `text/event-stream${string}`
      ? ReadableStream<Uint8Array> | null
      : MediaType extends `text/${string}`
        ? string
        : string extends MediaType
          ? unknown
          : Blob

/** What the client takes for a body of a media type whose schema takes `T`. */
export type SentAs<MediaType, T> = MediaType extends Json
  ? T
  : MediaType extends `multipart/form-data${string}`
    ? FormData
    : MediaType extends `application/x-www-form-urlencoded${string}`
      ? URLSearchParams
      : MediaType extends `text/${string}`
        ? string
        : RawBody

/** Bytes, sent as they are. */
export type RawBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>
