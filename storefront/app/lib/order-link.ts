/** What the address of a page below an order's names, and the address of the order's own page. */
export function orderLink({
  request,
  params,
}: {
  request: Request;
  params: { readonly number?: string | undefined };
}): { number: string; token: string | null; page: string } {
  const number = params.number ?? '';
  const token = new URL(request.url).searchParams.get('token');
  const query = token === null ? '' : `?${new URLSearchParams({ token })}`;
  return { number, token, page: `/orders/${encodeURIComponent(number)}${query}` };
}
