import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { bffFor } from '../lib/bff.server.ts';
import { failWith, refusalOf } from '../lib/bff-errors.server.ts';
import { passkeyAnswer, textOf } from '../lib/factor-forms.server.ts';
import { passkeyMessage } from '../lib/factor-messages.ts';
import { formOf } from '../lib/form.server.ts';
import {
  loginGoesOn,
  passkeyQuestionCookie,
  readPasskeyQuestion,
  readStep,
} from '../lib/second-step.server.ts';

/** Nobody comes here but the button of the log-in. */
export const loader = () => redirect('/login', 303);

/**
 * Two requests of `PasskeyButton`: `ask` answers what its browser asks the authenticators, `answer` brings what they say. Of a whole
 * log-in, or of the second step of the one under way (`purpose`).
 */
export async function action(args: ActionFunctionArgs) {
  const form = await formOf(args);
  const isSecondStep = textOf(form, 'purpose') === 'second-step';
  const challenge = readStep(args.request, args.context.shopUrl) ?? '';
  const { factors } = bffFor(args);
  try {
    if (textOf(form, 'intent') === 'ask') {
      const { options, token } = isSecondStep
        ? await factors.startPasskeyStep.mutate({ challenge })
        : await factors.startPasskeyLogin.mutate();
      const headers = {
        'set-cookie': passkeyQuestionCookie(token, args.context.shopUrl),
        'cache-control': 'no-store',
      };
      return Response.json(options, { headers });
    }
    const answer = passkeyAnswer.safeParse(textOf(form, 'response'));
    if (!answer.success) failWith(args.context, 400);
    const token = readPasskeyQuestion(args.request, args.context.shopUrl) ?? '';
    const outcome = isSecondStep
      ? await factors.finishPasskeyStep.mutate({ challenge, token, response: answer.data })
      : await factors.finishPasskeyLogin.mutate({ token, response: answer.data });
    return await loginGoesOn(args, outcome, form.get('returnTo'));
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return data({ problem: passkeyMessage(refusal) }, { status: refusal.httpStatus });
  }
}
