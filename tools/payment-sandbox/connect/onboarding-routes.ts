import type { FastifyInstance } from 'fastify';
import { html } from '../pages/html.ts';
import { messagePage, type Page, sendPage } from '../pages/layout.ts';
import type { PageOptions } from '../pages/routes.ts';
import { goTo, pageCall } from '../pages/visit.ts';
import { numberOf, textOf } from '../state/database.ts';
import { emitEvent } from '../webhooks/emit-event.ts';
import { readyAccount } from './account.ts';

type PageRoute = { Params: { account: string; token: string } };

/** `/connect/:account/:token`: where an account link leads. Stripe would ask who they are; here one press tells all. */
export function registerOnboarding(app: FastifyInstance, { sandbox, onChange }: PageOptions): void {
  app.get<PageRoute>('/connect/:account/:token', async ({ params }, reply) => {
    const link = linkOf(params);
    if (!link) return sendPage(reply, notFound);
    if (link.isOver) return goTo(reply, link.refreshUrl);
    return sendPage(reply, onboardingPage(sandbox.merchantName, link.email, link.returnUrl));
  });

  app.post<PageRoute>('/connect/:account/:token', async ({ params }, reply) => {
    const link = linkOf(params);
    if (!link) return sendPage(reply, notFound);
    if (link.isOver) return goTo(reply, link.refreshUrl);
    sandbox.db.transaction(() => {
      const call = pageCall(sandbox);
      const ready = readyAccount(link.account);
      sandbox.objects.save('account', ready);
      sandbox.db.run('update account_links set expires_at = 0 where token = ?', params.token);
      emitEvent(call, 'account.updated', ready, ready.id);
    });
    onChange();
    return goTo(reply, link.returnUrl);
  });

  function linkOf({ account: id, token }: PageRoute['Params']) {
    const row = sandbox.db.first('select * from account_links where token = ? and account = ?', token, id);
    const account = sandbox.objects.find('account', id);
    if (!row || !account) return undefined;
    return {
      account,
      email: account.email,
      returnUrl: textOf(row, 'return_url'),
      refreshUrl: textOf(row, 'refresh_url'),
      isOver: numberOf(row, 'expires_at') * 1000 <= sandbox.clock(),
    };
  }
}

const notFound = messagePage('There is no such link', 'Go back to the shop and ask for a new one.', {
  status: 404,
});

function onboardingPage(merchantName: string, email: string | null, returnUrl: string): Page {
  return {
    title: `Get paid by ${merchantName}`,
    formTargets: [returnUrl],
    body: html`<div class="frame narrow"><main class="sheet">
<div><p class="merchant">Account setup (test page)</p><h1>Get paid by ${merchantName}</h1></div>
${email !== null && html`<dl><dt>Account</dt><dd>${email}</dd></dl>`}
<p>Stripe would ask who you are, for a bank account, and to accept its terms. Here one press does it all.</p>
<form method="post"><button class="primary" type="submit">Complete the setup</button></form>
</main><footer>Payment sandbox: a stand-in for Stripe on this machine.</footer></div>`,
  };
}
