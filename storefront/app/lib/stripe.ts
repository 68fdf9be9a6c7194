/** The part of Stripe.js that the pages use: https://docs.stripe.com/js */
interface Stripe {
  elements(options: ElementsOptions): Elements;
  createConfirmationToken(input: {
    elements: Elements;
    params?: { payment_method_data?: { billing_details?: BillingDetails }; shipping?: Shipping };
  }): Promise<{ confirmationToken?: { id: string }; error?: StripeProblem }>;
}

export interface Elements {
  create(type: 'payment', options: PaymentElementOptions): PaymentElement;
  submit(): Promise<{ error?: StripeProblem }>;
  update(options: Partial<ElementsOptions>): void;
}

interface PaymentElement {
  mount(target: HTMLElement): void;
  destroy(): void;
  on(event: 'ready' | 'loaderror', handler: () => void): void;
}

export interface StripeProblem {
  readonly type: string;
  readonly message?: string;
}

interface ElementsOptions {
  mode: 'payment' | 'setup';
  amount?: number;
  currency: string;
  captureMethod?: 'manual';
  setupFutureUsage?: 'on_session' | null;
  paymentMethodTypes?: readonly string[];
  locale?: string;
  appearance?: { theme: 'stripe' | 'night'; variables: Record<string, string> };
}

interface PaymentElementOptions {
  layout?: 'tabs' | 'accordion';
  defaultValues?: { billingDetails?: BillingDetails };
}

interface PostalAddress {
  line1?: string;
  line2?: string;
  city?: string;
  state?: string;
  postal_code?: string;
  country?: string;
}

export interface BillingDetails {
  name?: string;
  email?: string;
  phone?: string;
  address?: PostalAddress;
}

export interface Shipping {
  name: string;
  address: PostalAddress;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => Stripe;
  }
}

const LOAD_TIMEOUT_MS = 15_000;

const scripts = new Map<string, Promise<void>>();

/**
 * Stripe.js, loaded once a document from its own address: it must not be bundled or kept, or cards would be our business.
 *
 * @throws Error when it is blocked, or does not come in time; asking again loads it again
 */
export async function loadStripe(element: { publishableKey: string; scriptUrl: string }): Promise<Stripe> {
  const { publishableKey, scriptUrl } = element;
  const loading = scripts.get(scriptUrl) ?? loadScript(scriptUrl);
  scripts.set(scriptUrl, loading);
  try {
    await loading;
  } catch (error) {
    scripts.delete(scriptUrl);
    throw error;
  }
  if (!window.Stripe) throw new Error('Stripe.js was replaced by something else');
  return window.Stripe(publishableKey);
}

function loadScript(url: string): Promise<void> {
  const script = document.createElement('script');
  const loaded = new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => reject(new Error('Stripe.js did not load')));
    setTimeout(() => reject(new Error('Stripe.js did not load in time')), LOAD_TIMEOUT_MS);
  });
  script.src = url;
  script.async = true;
  document.head.append(script);
  return loaded.catch((error: unknown) => {
    script.remove();
    throw error;
  });
}

/** How the provider's fields look like ours: the colours of the page, dark or light. */
export function appearanceOfPage(): NonNullable<ElementsOptions['appearance']> {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string) => styles.getPropertyValue(name).trim();
  const isDark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  return {
    theme: isDark ? 'night' : 'stripe',
    variables: {
      colorPrimary: token('--focus'),
      colorBackground: token('--ground'),
      colorText: token('--ink'),
      colorTextSecondary: token('--muted'),
      colorDanger: token('--sale'),
      fontFamily: 'system-ui, sans-serif',
      fontSizeBase: '16px',
      borderRadius: '10px',
    },
  };
}
