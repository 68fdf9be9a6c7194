import { Form, Link } from '@remix-run/react';
import { SimpleField } from './SimpleField.tsx';
import { SubmitButton } from './SubmitButton.tsx';

interface FindOrderProps {
  readonly number: string;
  /** The address of this order's page, to come back to after a log-in. */
  readonly returnTo: string;
}

/** For somebody who lost the link of an order: it comes by mail once more. */
export function FindOrder({ number, returnTo }: FindOrderProps) {
  return (
    <>
      <Form method="post" action="/orders?index" className="grid gap-5">
        <SimpleField
          id="order-number"
          name="number"
          label="Number of the order"
          defaultValue={number}
          required
          maxLength={40}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="SK-2026-000123"
          error={null}
        />
        <SimpleField
          id="order-email"
          name="email"
          label="E-mail that you ordered with"
          type="email"
          required
          maxLength={254}
          autoComplete="email"
          error={null}
        />
        <SubmitButton busy="Sending…">Mail me the link</SubmitButton>
      </Form>
      <p className="mt-8 border-t border-line pt-6">
        Ordered with an account?{' '}
        <Link to={`/login?${new URLSearchParams({ returnTo })}`} className="link">
          Log in to see it
        </Link>
      </p>
    </>
  );
}
