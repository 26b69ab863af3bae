/** Who made an exchange in process, as its sink sees it: hears of the answer, and feeds the body of the request. */
export interface AnswerOwner<Answer> {
  answered(answer: Answer): void
  failed(error: Error): void
  /** Nobody reads the rest of the answer. */
  left(): void
  /** Whoever reads the body of the request wants more of it. */
  resume(): void
  /** The answer has left, or never will. */
  done(): void
}
