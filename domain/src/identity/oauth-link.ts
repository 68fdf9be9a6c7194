import { authorise, type Context, currentUserId, DomainError, requireRecentLogin } from '../kernel/index.ts';
import { queueMail } from '../mail/index.ts';
import { recordAudit } from './audit.ts';
import { insertConnection } from './oauth-accounts.ts';
import { type LinkPayload, linkPayload, type OAuthProviderView, type PendingLink } from './oauth-model.ts';
import { providerConfig } from './oauth-providers.ts';
import { peekToken, takeToken } from './tokens.ts';
import { lockUser, readUser } from './users.ts';

/** Whether somebody may connect it: who began it when logged in, else whose address the provider vouches for. */
function isOf(user: { id: string; email: string }, link: LinkPayload): boolean {
  return link.connectFor === null ? link.email === user.email : link.connectFor === user.id;
}

function viewOf(ctx: Context, link: LinkPayload): OAuthProviderView {
  const { id, name } = providerConfig(ctx, link.provider);
  return { id, name };
}

/**
 * The connection that waits for the yes of who is logged in; null when there is none any more. Two statements.
 *
 * @throws DomainError `unauthenticated`
 */
export async function pendingOAuthLink(
  ctx: Context,
  input: { linkToken: string },
): Promise<PendingLink | null> {
  authorise(ctx, 'account:own');
  const user = await readUser(ctx, currentUserId(ctx));
  const found = await peekToken(ctx, { purpose: 'oauth-link', token: input.linkToken, schema: linkPayload });
  if (!found) return null;
  const link = found.payload;
  return { provider: viewOf(ctx, link), email: link.email, isTheirs: isOf(user, link) };
}

/**
 * Connects a provider to the account of who is logged in, who has just said yes, and tells them by mail. A provider is connected
 * once.
 *
 * @throws DomainError `unauthenticated`, `reauthentication_required`, `token_invalid`, `oauth_link_mismatch` when it was begun for
 *   another address, `oauth_account_taken` when it or the provider is connected already
 */
export async function confirmOAuthLink(
  ctx: Context,
  input: { linkToken: string },
): Promise<OAuthProviderView> {
  authorise(ctx, 'account:own');
  const userId = requireRecentLogin(ctx);
  return ctx.transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    const { payload: link } = await takeToken(tx, {
      purpose: 'oauth-link',
      token: input.linkToken,
      schema: linkPayload,
    });
    const view = viewOf(tx, link);
    if (!isOf(user, link)) throw new DomainError('oauth_link_mismatch', 'it was begun for another address');
    const { provider, subject, email } = link;
    if (!(await insertConnection(tx, { provider, subject, userId, email: email ?? '' })))
      throw new DomainError('oauth_account_taken', 'it is connected already', { provider: view.name });
    await recordAudit(tx, {
      action: 'user.oauth-linked',
      target: { kind: 'user', id: userId },
      after: { provider },
    });
    await queueMail(tx, {
      template: 'oauth-linked',
      to: user.email,
      locale: user.locale,
      userId,
      data: {
        name: user.name,
        provider: view.name,
        securityUrl: `${tx.config.shop.url}/account/security`,
      },
    });
    return view;
  });
}
