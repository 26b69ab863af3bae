/** The statuses by class (the registry of IANA), so that what a status is told by is a literal. */
export interface StatusClasses {
  '1XX': 100 | 101 | 102 | 103
  '2XX': SuccessStatus
  '3XX': 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308
  '4XX': ClientErrorStatus
  '5XX': 500 | 501 | 502 | 503 | 504 | 505 | 506 | 507 | 508 | 510 | 511
}

export type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226

type ClientErrorStatus =
  | (400 | 401 | 402 | 403 | 404 | 405 | 406 | 407 | 408 | 409 | 410 | 411 | 412 | 413 | 414 | 415)
  | (416 | 417 | 418 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 451)

/** Of what is no success. */
export type OtherStatus = StatusClasses[Exclude<keyof StatusClasses, '2XX'>]
