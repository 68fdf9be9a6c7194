import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { mayMountPaymentElement } from './payment-pages.ts';
import { appearanceOfPage, type BillingDetails, type Elements, loadStripe, type Shipping } from './stripe.ts';

/** The provider's script, and the key by which it knows the shop: `payments.element` of the bff. */
export interface PaymentElementSource {
  readonly publishableKey: string;
  readonly scriptUrl: string;
}

export interface PaymentElementTerms {
  readonly mode: 'payment' | 'setup';
  /** Minor units; what is due. Not for `setup`. */
  readonly amount?: number;
  readonly currency: string;
  /** Whether what is entered shall be kept for the next order. */
  readonly savesCard?: boolean;
}

export type PaymentElementState = 'loading' | 'ready' | 'failed';

/** A token for the details as entered, or the sentence that says what is wrong; null where the fields say so themselves. */
export type Tokenised = { readonly token: string } | { readonly problem: string | null };

/** Longer than a slow phone takes; what is not there by then is not waited for. */
const READY_TIMEOUT_MS = 20_000;

/**
 * Mounts the provider's Payment Element into `target`. Its fields live in frames of the provider: what is entered never reaches us.
 *
 * @param billing what is known already of who pays: it is not asked again
 */
export function usePaymentElement(
  target: RefObject<HTMLDivElement>,
  source: PaymentElementSource,
  terms: PaymentElementTerms,
  about: { billing?: BillingDetails; shipping?: Shipping },
) {
  const [state, setState] = useState<PaymentElementState>('loading');
  const mounted = useRef<{
    stripe: Awaited<ReturnType<typeof loadStripe>>;
    elements: Elements;
  } | null>(null);
  const { publishableKey, scriptUrl } = source;
  const { mode, currency, amount, savesCard = false } = terms;
  // read when it is mounted; changes reach it by `update`
  const latest = useRef({ ...terms, ...about });
  latest.current = { ...terms, ...about };

  useEffect(() => {
    if (!isDocumentOpen()) {
      window.location.reload();
      return;
    }
    let isGone = false;
    let destroy = () => {};
    const settle = (next: PaymentElementState) => {
      clearTimeout(timer);
      if (!isGone) setState(next);
    };
    const timer = setTimeout(() => settle('failed'), READY_TIMEOUT_MS);
    const mount = async () => {
      const stripe = await loadStripe({ publishableKey, scriptUrl });
      if (isGone || target.current === null) return;
      const { billing, amount: due, savesCard: saves } = latest.current;
      const elements = stripe.elements({
        mode,
        currency: currency.toLowerCase(),
        locale: document.documentElement.lang,
        appearance: appearanceOfPage(),
        ...(mode === 'setup' ? {} : { amount: due ?? 0, captureMethod: 'manual' }),
        ...(mode === 'payment' && saves ? { setupFutureUsage: 'on_session' } : {}),
      });
      const element = elements.create('payment', {
        layout: 'tabs',
        ...(billing ? { defaultValues: { billingDetails: billing } } : {}),
      });
      element.on('ready', () => settle('ready'));
      element.on('loaderror', () => settle('failed'));
      destroy = () => element.destroy();
      mounted.current = { stripe, elements };
      element.mount(target.current);
    };
    mount().catch(() => settle('failed'));
    return () => {
      isGone = true;
      clearTimeout(timer);
      mounted.current = null;
      destroy();
    };
  }, [target, publishableKey, scriptUrl, mode, currency]);

  useEffect(() => {
    if (mode === 'setup') return;
    mounted.current?.elements.update({
      amount: amount ?? 0,
      setupFutureUsage: savesCard ? 'on_session' : null,
    });
  }, [mode, amount, savesCard]);

  const tokenise = useCallback(async (): Promise<Tokenised> => {
    const sentence = 'Your details could not be checked just now. Try again.';
    const current = mounted.current;
    if (current === null) return { problem: sentence };
    const { stripe, elements } = current;
    const { billing, shipping } = latest.current;
    const { error } = await elements.submit();
    if (error) return { problem: error.type === 'validation_error' ? null : (error.message ?? sentence) };
    const made = await stripe.createConfirmationToken({
      elements,
      params: {
        ...(billing ? { payment_method_data: { billing_details: billing } } : {}),
        ...(shipping ? { shipping } : {}),
      },
    });
    if (made.confirmationToken) return { token: made.confirmationToken.id };
    return { problem: made.error?.message ?? sentence };
  }, []);

  return { state, tokenise };
}

/** Tells whether this document lets the provider's script in: one that was entered by a link within another page may not. */
function isDocumentOpen(): boolean {
  const [landing] = performance.getEntriesByType('navigation');
  if (!landing || !URL.canParse(landing.name)) return true;
  const { pathname } = window.location;
  return mayMountPaymentElement(new URL(landing.name).pathname) || !mayMountPaymentElement(pathname);
}
