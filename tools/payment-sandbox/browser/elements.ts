import { FrameLink, type Result } from './frame-link.ts';
import type { Appearance, BillingDetails, FrameOptions, FromFrame, Terms, Work } from './protocol.ts';

export interface ElementsOptions extends Terms {
  clientSecret?: string;
  locale?: string;
  appearance?: Appearance;
}

interface PaymentElementOptions {
  layout?: string | { type?: string };
  defaultValues?: { billingDetails?: BillingDetails };
  fields?: {
    billingDetails?: 'auto' | 'never' | { address?: 'auto' | 'never' | { country?: 'auto' | 'never' } };
  };
}

type EventName = 'ready' | 'change' | 'loaderror' | 'focus' | 'blur' | 'escape' | 'loaderstart';
type Handler = (event: object) => void;

const loadTimeout = 15_000;

/** `stripe.elements(…)`: what is to be paid, and the elements that ask how. */
export class Elements {
  readonly #origin: string;
  readonly #key: string;
  #options: ElementsOptions;
  #payment: PaymentElement | undefined;

  constructor(origin: string, key: string, options: ElementsOptions) {
    this.#origin = origin;
    this.#key = key;
    this.#options = options;
  }

  create(type: string, options: PaymentElementOptions = {}): PaymentElement | AbsentElement {
    if (type === 'expressCheckout') return new AbsentElement();
    if (type !== 'payment') throw new Error(`The payment sandbox has no "${type}" Element.`);
    if (this.#payment) throw new Error('Can only create one Element of type payment.');
    this.#payment = new PaymentElement(this.#origin, this.#frameOptions(options), () => {
      this.#payment = undefined;
    });
    return this.#payment;
  }

  getElement(type: string): PaymentElement | null {
    return type === 'payment' ? (this.#payment ?? null) : null;
  }

  update(options: Partial<ElementsOptions>): void {
    this.#options = { ...this.#options, ...options };
    const { terms, appearance } = this.#frameOptions({});
    this.#payment?.change({ terms, ...(options.appearance && { appearance }) });
  }

  async fetchUpdates(): Promise<object> {
    this.update({});
    return {};
  }

  /** Checks the form and shows what is wrong with it. */
  async submit(): Promise<object> {
    const result = await this.ask({ name: 'submit' });
    return 'error' in result ? result : result.value;
  }

  /** @internal what `createConfirmationToken` and the like go by */
  ask(work: Work): Promise<Result> {
    const message = 'There is no Payment Element to submit.';
    return this.#payment?.ask(work) ?? Promise.resolve({ error: { type: 'validation_error', message } });
  }

  #frameOptions(element: PaymentElementOptions): FrameOptions {
    const { appearance, locale, clientSecret: _, ...terms } = this.#options;
    const fields = element.fields?.billingDetails;
    const address = typeof fields === 'object' ? fields.address : fields;
    const country = typeof address === 'object' ? address.country : address;
    return {
      publishableKey: this.#key,
      terms: plain(terms),
      locale: locale === undefined || locale === 'auto' ? navigator.language : locale,
      appearance: plain(appearance ?? {}),
      asksCountry: country !== 'never',
      defaults: plain(element.defaultValues?.billingDetails ?? {}),
      layout: (typeof element.layout === 'object' ? element.layout.type : element.layout) ?? 'tabs',
    };
  }
}

/** The card form and the other ways to pay, in a frame of the sandbox's origin: the shop's page never sees a number. */
export class PaymentElement {
  readonly #handlers = new Map<string, Set<Handler>>();
  readonly #origin: string;
  readonly #onDestroy: () => void;
  #options: FrameOptions;
  #link: FrameLink | undefined;
  #timer = 0;

  constructor(origin: string, options: FrameOptions, onDestroy: () => void) {
    this.#origin = origin;
    this.#options = options;
    this.#onDestroy = onDestroy;
  }

  mount(target: string | Element): this {
    const parent = typeof target === 'string' ? document.querySelector(target) : target;
    if (!parent) throw new Error(`The selector you specified (${target}) applies to no DOM elements.`);
    this.unmount();
    const link = new FrameLink(this.#origin, (message) => this.#receive(message));
    this.#link = link;
    link.frame.style.colorScheme = this.#options.appearance.theme === 'night' ? 'dark' : 'light';
    parent.replaceChildren(link.frame);
    this.#timer = window.setTimeout(() => this.#fail('The payment form did not load.'), loadTimeout);
    return this;
  }

  unmount(): this {
    window.clearTimeout(this.#timer);
    this.#link?.close();
    this.#link = undefined;
    return this;
  }

  destroy(): void {
    this.unmount();
    this.#handlers.clear();
    this.#onDestroy();
  }

  on(name: EventName, handler: Handler): this {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
    return this;
  }

  once(name: EventName, handler: Handler): this {
    const once = (event: object) => {
      this.off(name, once);
      handler(event);
    };
    return this.on(name, once);
  }

  off(name: EventName, handler?: Handler): this {
    if (handler) this.#handlers.get(name)?.delete(handler);
    else this.#handlers.delete(name);
    return this;
  }

  update(options: PaymentElementOptions): this {
    this.change({ defaults: plain(options.defaultValues?.billingDetails ?? {}) });
    return this;
  }

  focus(): void {
    this.#link?.tell({ kind: 'focus' });
  }

  blur(): void {
    this.#link?.tell({ kind: 'blur' });
  }

  clear(): void {
    this.#link?.tell({ kind: 'clear' });
  }

  collapse(): this {
    return this;
  }

  /** @internal */
  change(options: Partial<Pick<FrameOptions, 'terms' | 'appearance' | 'defaults'>>): void {
    this.#options = { ...this.#options, ...options };
    this.#link?.tell({ kind: 'update', options });
  }

  /** @internal */
  ask(work: Work): Promise<Result> {
    const message = 'Your Element is not mounted.';
    return this.#link?.ask(work) ?? Promise.resolve({ error: { type: 'validation_error', message } });
  }

  #receive(message: FromFrame): void {
    if (message.kind === 'hello') this.#link?.tell({ kind: 'init', options: this.#options });
    else if (message.kind === 'height' && this.#link) this.#link.frame.style.height = `${message.height}px`;
    else if (message.kind === 'change') this.#emit('change', { collapsed: false, ...message.change });
    else if (message.kind === 'loaderror') this.#fail(message.error.message);
    else if (message.kind === 'ready') {
      window.clearTimeout(this.#timer);
      this.#emit('ready');
    } else if (message.kind === 'focus' || message.kind === 'blur' || message.kind === 'escape') {
      this.#emit(message.kind);
    }
  }

  #fail(message: string): void {
    window.clearTimeout(this.#timer);
    this.#emit('loaderror', { error: { type: 'api_connection_error', message } });
  }

  #emit(name: EventName, details: object = {}): void {
    for (const handler of this.#handlers.get(name) ?? []) handler({ elementType: 'payment', ...details });
  }
}

/** Wallets of the browser (Apple Pay, Google Pay): the sandbox has none, and says so as Stripe does where there are none. */
class AbsentElement {
  readonly #handlers: Handler[] = [];

  mount(): this {
    queueMicrotask(() => {
      for (const handler of this.#handlers) {
        handler({ elementType: 'expressCheckout', availablePaymentMethods: undefined });
      }
    });
    return this;
  }

  on(name: string, handler: Handler): this {
    if (name === 'ready') this.#handlers.push(handler);
    return this;
  }

  unmount(): void {}

  destroy(): void {
    this.#handlers.length = 0;
  }
}

/** Messages cross to another origin: only data can. */
function plain<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
