import { type ElementError, envelope, type FromFrame, type ToFrame, type Work } from './protocol.ts';

type Listener = (message: FromFrame) => void;

/** The page's end of the line to one frame: only that window, and only on the sandbox's origin, is listened to. */
export class FrameLink {
  readonly frame: HTMLIFrameElement;
  readonly #origin: string;
  readonly #listener: Listener;
  readonly #waiting = new Map<number, (result: Result) => void>();
  #lastId = 0;

  constructor(origin: string, listener: Listener) {
    this.#origin = origin;
    this.#listener = listener;
    this.frame = document.createElement('iframe');
    this.frame.src = `${origin}/v3/elements/payment?${new URLSearchParams({ origin: window.location.origin })}`;
    this.frame.title = 'Secure payment input frame';
    this.frame.allow = 'payment *';
    Object.assign(this.frame.style, {
      width: '100%',
      border: '0',
      display: 'block',
      height: '1px',
      overflow: 'hidden',
      colorScheme: 'light',
    });
    window.addEventListener('message', this.#receive);
  }

  tell(message: ToFrame): void {
    this.frame.contentWindow?.postMessage({ [envelope]: message }, this.#origin);
  }

  /** Never rejects: what goes wrong is an `error`, as Stripe's library has it. */
  ask(work: Work): Promise<Result> {
    if (!this.frame.isConnected) {
      const message = 'The Element is not mounted.';
      return Promise.resolve({ error: { type: 'validation_error', message } });
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.tell({ kind: 'request', id, work });
    });
  }

  close(): void {
    window.removeEventListener('message', this.#receive);
    this.frame.remove();
    const message = 'The Element was unmounted.';
    for (const resolve of this.#waiting.values()) resolve({ error: { type: 'validation_error', message } });
    this.#waiting.clear();
  }

  readonly #receive = (event: MessageEvent): void => {
    if (event.origin !== this.#origin || event.source !== this.frame.contentWindow) return;
    const message: FromFrame | undefined = event.data?.[envelope];
    if (!message) return;
    if (message.kind !== 'reply') {
      this.#listener(message);
      return;
    }
    this.#waiting.get(message.id)?.(message.result);
    this.#waiting.delete(message.id);
  };
}

export type Result = { error: ElementError } | { value: object };
