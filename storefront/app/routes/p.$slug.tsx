import { randomUUID } from 'node:crypto';
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import {
  Await,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
  useSearchParams,
} from '@remix-run/react';
import { Suspense } from 'react';
import { AddToCart } from '../components/AddToCart.tsx';
import { BackInStock } from '../components/BackInStock.tsx';
import { Breadcrumb } from '../components/Breadcrumb.tsx';
import { BuyingNotes } from '../components/BuyingNotes.tsx';
import { JsonLd } from '../components/JsonLd.tsx';
import { ProductDetails } from '../components/ProductDetails.tsx';
import { ProductGallery } from '../components/ProductGallery.tsx';
import { ProductRow } from '../components/ProductRow.tsx';
import { RecentlyViewed } from '../components/RecentlyViewed.tsx';
import { bffFor } from '../lib/bff.server.ts';
import { failPage, refusalOf } from '../lib/bff-errors.server.ts';
import type { Product, ProductSummary, Variant } from '../lib/bff-types.ts';
import { cartHeaders } from '../lib/cart-cookie.server.ts';
import { shopOf, useShop } from '../lib/chrome.ts';
import { formOf } from '../lib/form.server.ts';
import { formatMoney } from '../lib/format.ts';
import { messageFor } from '../lib/messages.ts';
import { useNoteView } from '../lib/note-view.ts';
import { pageMeta, plainText } from '../lib/page-meta.ts';
import { type Choice, exactVariant, readChoice, shownVariant } from '../lib/product-choice.ts';
import { soon } from '../lib/soon.server.ts';
import { type AlertAnswer, askForAlert } from '../lib/stock-alert.server.ts';
import { breadcrumbList, productData } from '../lib/structured-data.ts';
import { isWholePage, noteView, readViewed } from '../lib/viewed.server.ts';

const RELATED = 8;
const RECENT = 6;

export async function loader(args: LoaderFunctionArgs) {
  const bff = bffFor(args);
  const { search } = new URL(args.request.url);
  try {
    const product = await bff.catalog.product.query({ slug: args.params.slug ?? '' });
    const alike = bff.search.products
      .query({ category: product.category?.slug ?? null, inStock: true, limit: RELATED + 1 })
      .then((result) => result.items.filter((item) => item.id !== product.id).slice(0, RELATED));
    const recent = bff.recentlyViewed.list.query({
      handles: readViewed(args.request, args.context.shopUrl),
      exceptId: product.id,
      limit: RECENT,
    });
    const isNoted = isWholePage(args.request);
    const headers = isNoted ? noteView(args, product) : undefined;
    const none: ProductSummary[] = [];
    const [related, viewed] = await Promise.all([soon(alike, none), soon(recent, none)]);
    return data(
      { product, related: related.value, viewed: viewed.value, isNoted, requestId: randomUUID() },
      headers ? { headers } : {},
    );
  } catch (error) {
    failPage(args.context, error, (slug) => `/p/${slug}${search}`);
  }
}

/** What the form may answer: `choice` so that a page without scripts shows it again. */
export interface AddAnswer {
  readonly added: string | null;
  /** The list that it was saved to. */
  readonly saved?: { readonly wishlistId: string; readonly name: string } | undefined;
  readonly error: string | null;
  readonly choice: Choice;
  /** What became of a wish to hear when it is back. */
  readonly alert?: AlertAnswer | undefined;
}

export async function action(args: ActionFunctionArgs) {
  const { context, params } = args;
  const form = await formOf(args);
  const bff = bffFor(args);
  const quantity = Number(form.get('quantity') ?? 1);
  const refuse = (error: string, choice: Choice, status = 422) =>
    data<AddAnswer>({ added: null, error, choice }, { status });
  let choice: Choice = {};
  try {
    const product = await bff.catalog.product.query({ slug: params.slug ?? '' });
    choice = readChoice(product, form);
    const variant = exactVariant(product, choice);
    if (variant === null) return refuse('This combination does not exist. Choose another one.', choice);
    if (form.get('intent') === 'notify') {
      const { alert, status } = await askForAlert(args, form, variant.id);
      return data<AddAnswer>({ added: null, error: null, choice, alert }, { status });
    }
    if (form.get('intent') === 'save') return await save(args, { product, variant, choice, form });
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 99) {
      return refuse('Choose how many: from 1 to 99.', choice);
    }
    const requestId = String(form.get('requestId') ?? '');
    const { token } = await bff.cart.addLine.mutate({
      variantId: variant.id,
      quantity,
      ...(/^[\da-f-]{36}$/.test(requestId) ? { requestId } : {}),
    });
    const headers = cartHeaders(token, context.shopUrl);
    if (form.get('stay') !== '1') return redirect('/cart', { status: 303, headers });
    const title = product.options.length > 0 ? `${product.title}, ${variant.title}` : product.title;
    return data<AddAnswer>({ added: title, error: null, choice }, { headers });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null || ['not_found', 'not_sold_here', 'moved'].includes(refusal.code)) {
      failPage(context, error, (slug) => `/p/${slug}`);
    }
    return refuse(messageFor(refusal), choice, refusal.httpStatus);
  }
}

/** Keeps a wish. Guests log in first: the wish is in the address that they come back to. */
async function save(
  args: ActionFunctionArgs,
  wish: { product: Product; variant: Variant; choice: Choice; form: FormData },
) {
  const { product, variant, choice, form } = wish;
  try {
    const saved = await bffFor(args).wishlists.add.mutate({ wishlistId: null, variantId: variant.id });
    if (form.get('stay') !== '1') return redirect(`/account/wishlists/${saved.wishlistId}`, 303);
    return data<AddAnswer>({ added: null, saved, error: null, choice });
  } catch (error) {
    if (refusalOf(error)?.code !== 'unauthenticated') throw error;
    const wished = new URLSearchParams({ product: product.handle, variant: variant.id });
    const query = new URLSearchParams({ returnTo: `/account/wishlists/add?${wished}` });
    return redirect(`/login?${query}`, 303);
  }
}

/** Choosing options changes the URL; the product is the same, so there is nothing to ask for. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) =>
  currentUrl.pathname === nextUrl.pathname && formMethod === undefined ? false : defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data: loaded, matches }) => {
  if (!loaded) return [];
  const { product } = loaded;
  const price = product.variants[0] ? formatMoney(product.variants[0].price) : '';
  return pageMeta({
    ...shopOf(matches),
    title: product.seo.title || product.title,
    description:
      product.seo.description || plainText(product.descriptionHtml) || `${product.title}, ${price}.`,
    path: `/p/${product.handle}`,
    image: product.images[0] ?? null,
    type: 'product',
  });
};

export default function ProductPage() {
  const { product, related, viewed, isNoted, requestId } = useLoaderData<typeof loader>();
  useNoteView(product, isNoted);
  const answer = useActionData<typeof action>();
  const [params] = useSearchParams();
  const shopUrl = useShop()?.shopUrl ?? '';
  const fromUrl = readChoice(product, params);
  const choice = Object.keys(fromUrl).length > 0 ? fromUrl : (answer?.choice ?? {});
  const variant = shownVariant(product, choice);
  const here = { name: product.title, path: `/p/${product.handle}` };
  return (
    <>
      <JsonLd data={productData(shopUrl, product)} />
      <JsonLd data={breadcrumbList(shopUrl, product.breadcrumb, here)} />
      <div className="page pt-4">
        <Breadcrumb crumbs={product.breadcrumb} here={product.title} />
        <div className="mt-2 grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1.35fr)_minmax(22rem,1fr)] lg:gap-y-14">
          <ProductGallery images={product.images} firstKey={variant.imageKey} title={product.title} />
          <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
            <div className="lg:sticky lg:top-6">
              {product.brand && <p className="text-muted">{product.brand.name}</p>}
              <h1 className="mt-1 text-3xl lg:text-5xl">{product.title}</h1>
              <AddToCart
                key={product.id}
                product={product}
                variant={variant}
                requestId={requestId}
                answer={answer}
              />
              {variant.available === 0 && (
                <BackInStock key={variant.id} product={product} variant={variant} answer={answer?.alert} />
              )}
              <BuyingNotes />
            </div>
          </div>
          <ProductDetails product={product} />
        </div>
      </div>
      <div className="mt-16 lg:mt-24">
        <Suspense fallback={null}>
          <Await resolve={related} errorElement={null}>
            {(products) => (
              <ProductRow
                id="related"
                title="On the same stall"
                products={products}
                {...(product.category
                  ? { more: { to: `/c/${product.category.slug}`, label: `All ${product.category.name}` } }
                  : {})}
              />
            )}
          </Await>
        </Suspense>
      </div>
      <Suspense fallback={null}>
        <Await resolve={viewed} errorElement={null}>
          {(products) => <RecentlyViewed products={products} />}
        </Await>
      </Suspense>
    </>
  );
}
