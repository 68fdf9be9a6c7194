/**
 * The stand-in of Stripe.js, https://docs.stripe.com/js: the part of it that a shop with the Payment Element uses. It
 * is served at /v3/stripe.js as one classic script, and leaves `window.Stripe`.
 */
import { Elements, type ElementsOptions } from './elements.ts';
import { asResult, handleNextAction, type IntentKind, idFrom, retrieve } from './next-action.ts';
import type { BillingDetails } from './protocol.ts';

interface Confirmation {
  elements?: Elements;
  clientSecret?: string;
  confirmParams?: { return_url?: string; payment_method_data?: { billing_details?: BillingDetails } };
  redirect?: 'always' | 'if_required';
}

const script = document.currentScript;
const origin = new URL(script instanceof HTMLScriptElement ? script.src : window.location.href).origin;

function createStripe(publishableKey: string) {
  if (!/^pk_test_\w+$/.test(publishableKey)) {
    throw new Error(
      'Please call Stripe() with your publishable key: the payment sandbox takes pk_test_… keys.',
    );
  }
  const key = publishableKey;

  async function confirm(kind: IntentKind, options: Confirmation): Promise<object> {
    const { elements, clientSecret = '', confirmParams = {}, redirect = 'always' } = options;
    const { payment_method_data: data, ...parameters } = confirmParams;
    if (!elements) throw new Error('You must provide `elements`.');
    const sent = await elements.ask({
      name: 'send',
      path: `${kind}s/${idFrom(clientSecret).id}/confirm`,
      parameters: { ...parameters, client_secret: clientSecret, use_stripe_sdk: true },
      billing: data?.billing_details ?? {},
    });
    if ('error' in sent) return sent;
    const result = await handleNextAction(origin, key, clientSecret);
    if ('intent' in result && redirect === 'always' && parameters.return_url !== undefined) {
      const { status } = result.intent;
      if (status !== 'requires_payment_method') {
        const back = new URL(parameters.return_url);
        back.searchParams.set(kind, idFrom(clientSecret).id);
        back.searchParams.set(`${kind}_client_secret`, clientSecret);
        back.searchParams.set('redirect_status', 'succeeded');
        window.location.assign(back);
        return new Promise(() => undefined);
      }
    }
    return asResult(result);
  }

  return {
    elements: (options: ElementsOptions) => new Elements(origin, key, options),

    /** Sends what was typed to the API; the page gets the token, never the card. */
    async createConfirmationToken(input: {
      elements: Elements;
      params?: {
        payment_method_data?: { billing_details?: BillingDetails };
        return_url?: string;
        shipping?: object;
      };
    }): Promise<object> {
      const { payment_method_data: data, ...parameters } = input.params ?? {};
      const sent = await input.elements.ask({
        name: 'send',
        path: 'confirmation_tokens',
        parameters,
        billing: data?.billing_details ?? {},
      });
      return 'error' in sent ? sent : { confirmationToken: sent.value };
    },

    handleNextAction: async ({ clientSecret }: { clientSecret: string }) =>
      asResult(await handleNextAction(origin, key, clientSecret)),
    confirmPayment: (options: Confirmation) => confirm('payment_intent', options),
    confirmSetup: (options: Confirmation) => confirm('setup_intent', options),
    retrievePaymentIntent: async (clientSecret: string) => {
      const found = await retrieve(origin, key, clientSecret);
      return 'error' in found ? found : { paymentIntent: found.intent };
    },
    retrieveSetupIntent: async (clientSecret: string) => {
      const found = await retrieve(origin, key, clientSecret);
      return 'error' in found ? found : { setupIntent: found.intent };
    },
  };
}

Object.assign(window, { Stripe: Object.assign(createStripe, { version: 'payment-sandbox' }) });
