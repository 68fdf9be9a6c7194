import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { CartLineItem } from '../components/CartLineItem.tsx';
import { CartSummary } from '../components/CartSummary.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { GiftLine } from '../components/GiftLine.tsx';
import { SavedForLater } from '../components/SavedForLater.tsx';
import { ShareCart } from '../components/ShareCart.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage } from '../lib/bff-errors.server.ts';
import { changeCart } from '../lib/cart-actions.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { pageMeta } from '../lib/page-meta.ts';

export async function loader(args: LoaderFunctionArgs) {
  const bff = bffFor(args);
  try {
    const [cart, forms] = await Promise.all([bff.cart.get.query(), bff.shipping.addressForms.query()]);
    const countries = forms.map(({ country, countryName, postcode }) => ({
      code: country,
      name: countryName,
      postcodeExample: postcode?.example ?? null,
    }));
    return { cart, countries };
  } catch (error) {
    failPage(args.context, error);
  }
}

export const action = (args: ActionFunctionArgs) => changeCart(args);

export const meta: MetaFunction = ({ matches }) => pageMeta({ ...shopOf(matches), title: 'Your cart' });

export default function CartPage() {
  const { cart, countries } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  if (cart === null || cart.lines.length + cart.saved.length === 0) return <EmptyCart />;
  const errorAt = (id: string) => (answer?.lineId === id ? answer.error : null);
  const isElsewhere =
    answer?.error &&
    answer.intent !== 'code' &&
    ![...cart.lines, ...cart.saved].some(({ id }) => id === answer.lineId);
  return (
    <div className="page pt-8">
      <h1 className="text-4xl lg:text-5xl">Your cart</h1>
      {isElsewhere && <ErrorNote className="mt-6">{answer.error}</ErrorNote>}
      <div className="mt-8 grid grid-cols-1 gap-10 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-14">
        <div className="min-w-0">
          {cart.lines.length === 0 ? (
            <p className="rounded-picture bg-wash p-6">
              Nothing to buy now. What you keep for later is below.
            </p>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {cart.lines.map((line) => (
                <CartLineItem key={line.id} line={line} error={errorAt(line.id)} />
              ))}
              {cart.gifts.map((gift) => (
                <GiftLine key={gift.key} gift={gift} />
              ))}
            </ul>
          )}
          {cart.lines.length > 0 && <ShareCart shared={answer?.shared ?? null} />}
          {cart.saved.length > 0 && <SavedForLater saved={cart.saved} errorAt={errorAt} />}
        </div>
        {cart.lines.length > 0 && (
          <CartSummary
            cart={cart}
            countries={countries}
            refused={answer?.intent === 'code' ? answer : null}
          />
        )}
      </div>
    </div>
  );
}

function EmptyCart() {
  const isLoggedIn = useShop()?.isLoggedIn ?? false;
  return (
    <div className="page py-16 lg:py-24">
      <h1 className="text-4xl lg:text-6xl">Nothing in here yet.</h1>
      <p className="mt-4 max-w-lg text-lg text-muted">
        {isLoggedIn
          ? 'Your cart keeps what you choose for a month, on all your devices. '
          : 'Your cart keeps what you choose for seven days. '}
        Start with what has just been laid out, or search for what you came for.
      </p>
      <div className="mt-8 flex flex-wrap gap-3">
        <Link to="/search?sort=newest" className="button">
          See what is new
        </Link>
        {isLoggedIn ? (
          <Link to="/" className="button button-quiet">
            Go to the home page
          </Link>
        ) : (
          <Link to="/login?returnTo=/cart" className="button button-quiet">
            Log in to see your cart
          </Link>
        )}
      </div>
    </div>
  );
}
