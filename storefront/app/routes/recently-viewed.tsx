import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { failWith } from '../lib/bff-errors.server.ts';
import { formOf } from '../lib/form.server.ts';
import { noteView } from '../lib/viewed.server.ts';

const viewed = z.object({ id: z.uuid(), handle: z.string().min(1).max(200) });

/** Where product pages tell that they are being looked at: see `useNoteView`. */
export async function action(args: ActionFunctionArgs) {
  const product = viewed.safeParse(Object.fromEntries(await formOf(args)));
  if (!product.success) failWith(args.context, 400);
  return new Response(null, { status: 204, headers: noteView(args, product.data) ?? {} });
}

/** There is nothing to see here. */
export function loader({ context }: ActionFunctionArgs) {
  failWith(context, 404);
}
