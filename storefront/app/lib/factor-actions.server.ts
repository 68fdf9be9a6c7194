import { type ActionFunctionArgs, data } from '@remix-run/node';
import { type Refusal, refusalOf } from './bff-errors.server.ts';
import { askAgain, loginDone, sessionGoesOn } from './session.server.ts';

interface Changed {
  readonly recoveryCodes?: readonly string[] | null;
  readonly session: { readonly token: string; readonly expiresAt: Date };
}

/** What a page of second factors is answered with. */
interface FactorReply {
  readonly problem: string | null;
  /** Just made, and shown in this answer only. */
  readonly codes: readonly string[] | null;
}

/**
 * Answers a form that changes second factors: the session at hand goes on by its new token; recovery codes, if there are new ones,
 * are in the answer itself, as they are kept nowhere.
 *
 * @param options.to where to go on when there are no codes to show
 */
export async function answerChange(
  args: ActionFunctionArgs,
  change: () => Promise<Changed>,
  options: { to: string; say: (refusal: Refusal) => string },
) {
  try {
    const { recoveryCodes, session } = await change();
    if (!recoveryCodes) {
      return loginDone(
        args.context,
        { sessionToken: session.token, expiresAt: session.expiresAt },
        options.to,
      );
    }
    const headers = sessionGoesOn(args, session);
    return data<FactorReply>({ problem: null, codes: recoveryCodes }, { headers });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    const again = askAgain(args, refusal);
    if (again) return again;
    return data<FactorReply>({ problem: options.say(refusal), codes: null }, { status: refusal.httpStatus });
  }
}
