import type { LoaderFunctionArgs } from '@remix-run/node';
import { failWith } from '../lib/bff-errors.server.ts';

/** Every address that no other route answers. */
export function loader({ context }: LoaderFunctionArgs): never {
  failWith(context, 404);
}

export function action({ context }: LoaderFunctionArgs): never {
  failWith(context, 404);
}

export default function NotFound() {
  return null;
}
