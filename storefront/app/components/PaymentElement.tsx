import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useHydrated } from '../lib/hydrated.ts';
import type { BillingDetails, Shipping } from '../lib/stripe.ts';
import {
  type PaymentElementSource,
  type PaymentElementTerms,
  usePaymentElement,
} from '../lib/use-payment-element.ts';
import { ErrorNote } from './ErrorNote.tsx';

interface PaymentElementProps extends PaymentElementTerms {
  /** `payments.element` of the bff; null where it is off. */
  readonly source: PaymentElementSource | null;
  /** What is known already of who pays, and where it goes: the provider need not ask, and Klarna and its like want to know. */
  readonly billing?: BillingDetails;
  readonly shipping?: Shipping;
  /** Whether the form, as it stands, is to be sent with what was entered here; always, unless told otherwise. */
  readonly isChosen?: (form: FormData) => boolean;
  /** What stands here without scripts, while the provider's are blocked, or where they are off: how to pay on its page instead. */
  readonly fallback: ReactNode;
}

/**
 * The payment provider's fields within a form of ours: card, Apple Pay, Google Pay, Link, Klarna and whatever else is switched on there.
 * When the form is sent, what was entered becomes a token in its field `confirmationToken`; a form that comes without one was sent
 * without the provider's scripts, and is to be paid on the provider's page.
 *
 * @example
 * <Form method="post">
 *   <PaymentElement source={element} mode="payment" amount={4200} currency="USD" fallback={<p>…</p>} />
 *   <button type="submit">Go on</button>
 * </Form>
 */
export function PaymentElement(props: PaymentElementProps) {
  const isHydrated = useHydrated();
  const [tries, setTries] = useState(0);
  const { source, currency, mode } = props;
  if (!isHydrated || source === null) return <div>{props.fallback}</div>;
  return (
    <MountedElement
      {...props}
      key={`${mode} ${currency} ${tries}`}
      source={source}
      onTryAgain={() => setTries(tries + 1)}
    />
  );
}

interface MountedElementProps extends PaymentElementProps {
  readonly source: PaymentElementSource;
  readonly onTryAgain: () => void;
}

function MountedElement(props: MountedElementProps) {
  const { source, fallback, isChosen, billing, shipping, onTryAgain, ...terms } = props;
  const target = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const about = { ...(billing ? { billing } : {}), ...(shipping ? { shipping } : {}) };
  const { state, tokenise } = usePaymentElement(target, source, terms, about);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isReady = state === 'ready';
  const chosen = useRef(isChosen);
  chosen.current = isChosen;

  useEffect(() => {
    const form = field.current?.form;
    const input = field.current;
    if (!form || !input || !isReady) return;
    let isAsking = false;
    const send = async (submitter: HTMLElement | null) => {
      isAsking = true;
      setBusy(true);
      setProblem(null);
      const made = await tokenise().catch(() => ({
        problem: 'Your details could not be checked. Try again.',
      }));
      isAsking = false;
      setBusy(false);
      if ('problem' in made) return setProblem(made.problem);
      input.value = made.token;
      form.requestSubmit(submitter);
      // a token is good for one try: whoever sends the form again makes another
      input.value = '';
    };
    const onSubmit = (event: SubmitEvent) => {
      const isOurs = chosen.current?.(new FormData(form)) ?? true;
      if (event.defaultPrevented || !isOurs || input.value !== '') return;
      event.preventDefault();
      event.stopPropagation();
      if (!isAsking) void send(event.submitter);
    };
    form.addEventListener('submit', onSubmit, { capture: true });
    return () => form.removeEventListener('submit', onSubmit, { capture: true });
  }, [isReady, tokenise]);

  return (
    <div aria-busy={state === 'loading' || isBusy}>
      <input ref={field} type="hidden" name="confirmationToken" defaultValue="" />
      {state === 'loading' && (
        <p className="rounded-control bg-wash p-4 text-muted" role="status">
          Loading the payment form…
        </p>
      )}
      {state === 'failed' && <Failed fallback={fallback} onTryAgain={onTryAgain} />}
      <div ref={target} className={isReady ? 'min-h-48' : 'h-0 overflow-hidden'} />
      <p role="status" className={isBusy ? 'mt-3 text-muted' : 'sr-only'}>
        {isBusy ? 'Checking your details…' : ''}
      </p>
      {problem && <ErrorNote className="mt-3">{problem}</ErrorNote>}
    </div>
  );
}

function Failed({ fallback, onTryAgain }: { fallback: ReactNode; onTryAgain: () => void }) {
  return (
    <div role="status">
      <p className="mb-3">
        The payment form did not load: something in your browser or network keeps it away.{' '}
        <button type="button" className="link cursor-pointer" onClick={onTryAgain}>
          Load it again
        </button>
      </p>
      {fallback}
    </div>
  );
}
