import type { ActionFunctionArgs } from '@remix-run/node';
import { failWith } from './bff-errors.server.ts';
import { noteForm } from './send-again.server.ts';

/** The form that was sent. What no form of ours makes is a 400 page, not a fault in our logs. */
export async function formOf({ request, context }: ActionFunctionArgs): Promise<FormData> {
  try {
    const form = await request.formData();
    noteForm(context, form);
    return form;
  } catch {
    failWith(context, 400);
  }
}
