import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node';
import { failPage, refusalOf } from './bff-errors.server.ts';
import { messageFor } from './messages.ts';

/**
 * What a link of a mail stands for. When it is used, too old or cut off, the page says so (410) instead of failing: it is where
 * somebody looks for a way on.
 */
export async function mailedLink<Found extends object>(
  args: LoaderFunctionArgs,
  look: (token: string) => Promise<Found>,
) {
  const { token = '' } = args.params;
  try {
    return data({ link: await look(token) });
  } catch (error) {
    const code = refusalOf(error)?.code;
    if (code === 'token_invalid' || code === 'invalid_input') return data({ link: null }, { status: 410 });
    failPage(args.context, error);
  }
}

/** What came of the button that stops mails. */
export interface StopAnswer {
  readonly isDone: boolean;
  /** Why not. */
  readonly problem: string | null;
}

/** Stops mails by the link of one, as its button asks: the link alone stops nothing, because scanners of mail open links. */
export async function stopMails({ params }: ActionFunctionArgs, stop: (token: string) => Promise<unknown>) {
  try {
    await stop(params.token ?? '');
    return data<StopAnswer>({ isDone: true, problem: null });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data<StopAnswer>({ isDone: false, problem: messageFor(refusal) }, { status: refusal.httpStatus });
  }
}
