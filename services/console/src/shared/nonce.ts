/** The nonce that the gateway's content policy gives to this page's styles; empty where no gateway set one. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
