import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { DoorFrame } from '../components/DoorFrame.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { SharedLine } from '../components/SharedLine.tsx';
import { SubmitButton } from '../components/SubmitButton.tsx';
import { UsedLink } from '../components/UsedLink.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { refusalOf } from '../lib/bff-errors.server.ts';
import { goToCart } from '../lib/cart-filled.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { mailedLink } from '../lib/mailed-link.server.ts';
import { messageFor } from '../lib/messages.ts';
import { pageMeta } from '../lib/page-meta.ts';

export { tokenPageHeaders as headers } from '../lib/token-page.ts';
export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your cart' });

export function loader(args: LoaderFunctionArgs) {
  return mailedLink(args, async (token) => {
    const found = await bffFor(args).cart.restorable.query({ token });
    if (found.state === 'at_hand') throw redirect('/cart');
    return found;
  });
}

/** The link alone changes nothing in the cart at hand: scanners of mail open links, and so do friends. */
export async function action(args: ActionFunctionArgs) {
  const { token = '' } = args.params;
  try {
    const restored = await bffFor(args).cart.restore.mutate({ token });
    if (restored.added > 0) return goToCart(args, restored);
    return data({ error: 'Nothing of it can be bought right now. Come back later.' }, { status: 409 });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data({ error: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}

export default function RestoreCartPage() {
  const { link } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const itemCount = useShop()?.itemCount ?? 0;
  if (link === null) {
    return (
      <UsedLink to="/" action="Look around the shop">
        The cart was ordered, emptied, or kept for as long as we keep carts.
      </UsedLink>
    );
  }
  if (link.state === 'account') return <AccountCart />;
  const canBuy = link.lines.some((line) => line.available > 0);
  return (
    <div className="page max-w-4xl pt-8 lg:pt-12">
      <h1 className="text-4xl lg:text-5xl">{canBuy ? 'Your cart is still here' : 'Sold out meanwhile'}</h1>
      <p className="mt-3 max-w-xl text-muted">
        {canBuy
          ? 'This is what you left in it, at today’s prices.'
          : 'Nothing of what you left in your cart can be bought right now.'}
        {itemCount > 0 && canBuy && ' It joins what is in your cart now.'}
      </p>
      {answer && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      {canBuy && (
        <Form method="post" className="mt-6">
          <SubmitButton busy="Bringing it back…">Go on with this cart</SubmitButton>
        </Form>
      )}
      <ul className="mt-6 divide-y divide-line border-y border-line">
        {link.lines.map((line) => (
          <SharedLine key={line.variantId} line={line} />
        ))}
      </ul>
    </div>
  );
}

function AccountCart() {
  const isLoggedIn = useShop()?.isLoggedIn ?? false;
  return (
    <DoorFrame
      title="Your cart is in your account"
      lead={
        isLoggedIn
          ? 'This link leads to the cart of another account than the one that is logged in here.'
          : 'It is there on all your devices: log in, and go on where you left.'
      }
    >
      {isLoggedIn ? (
        <Link to="/cart" className="button">
          See the cart of this account
        </Link>
      ) : (
        <Link to="/login?returnTo=/cart" className="button">
          Log in to see your cart
        </Link>
      )}
    </DoorFrame>
  );
}
