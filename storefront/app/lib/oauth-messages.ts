import { messageFor, type Refused } from './messages.ts';

/** The sentence for a log-in by a provider that did not work: what happened, and what to do next. */
export function oauthMessage(refused: Refused): string {
  const { code, data = {} } = refused;
  const provider = typeof data.provider === 'string' ? data.provider : 'The provider';
  switch (code) {
    case 'oauth_denied':
      return `You turned back at ${provider}, so nothing has changed. Try again, or log in another way.`;
    case 'oauth_failed':
      return `${provider} did not answer as it should. Nothing has changed: try again in a moment, or log in another way.`;
    case 'oauth_email_unverified':
      return `${provider} does not confirm your e-mail address. Confirm it there and try again, or log in another way.`;
    case 'oauth_account_taken':
      return `This ${provider} account is connected already, here or to another account. Log in with it, or disconnect it there first.`;
    case 'oauth_link_mismatch':
      return 'This was begun for another e-mail address. Log in with the account of that address, then connect it.';
    case 'last_login_method':
      return 'This is your only way to log in. Set a password or add a passkey first.';
    case 'token_invalid':
      return 'This took too long, was used already, or began in another browser. Start again.';
    case 'credentials_invalid':
      return 'This account cannot be used at present. Write to us, and we look into it.';
    case 'not_found':
      return 'Nobody logs in this way here. Choose another one.';
    default:
      return messageFor(refused);
  }
}
