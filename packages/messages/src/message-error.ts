export type MessageErrorDetails = {
  /** `permanent`: this message will never be taken. `temporary`: try again later, or after mending the configuration. */
  kind: 'permanent' | 'temporary';
  /**
   * True when the provider may have taken the message although it did not say so: the connection broke after the whole
   * message was sent. Trying again may deliver it twice.
   */
  uncertain?: boolean;
  /** The provider's code, for example `550 5.1.1` or `Throttling`. */
  code?: string;
};

/**
 * A message was not delivered to its provider. Text and fields carry no address, number or content: providers quote
 * them in their answers, so the answer itself is left out (and is not the cause).
 */
export class MessageError extends Error {
  readonly kind: 'permanent' | 'temporary';
  readonly uncertain: boolean;
  readonly code: string | undefined;

  constructor(message: string, { kind, uncertain = false, code }: MessageErrorDetails) {
    super(code === undefined ? message : `${message} (${code})`);
    this.name = 'MessageError';
    this.kind = kind;
    this.uncertain = uncertain;
    this.code = code;
  }
}
