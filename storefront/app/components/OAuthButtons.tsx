import type { OAuthProvider } from '../lib/bff-types.ts';
import { OAuthMark } from './OAuthMark.tsx';

interface OAuthButtonsProps {
  /** Those that are on: `oauth.providers`. */
  readonly providers: readonly OAuthProvider[];
  /** Where to go after the log-in: a path of the shop. */
  readonly returnTo: string;
}

/** Ways to log in without a password of ours. They lead to another site, so they are plain forms; nothing when no provider is on. */
export function OAuthButtons({ providers, returnTo }: OAuthButtonsProps) {
  if (providers.length === 0) return null;
  return (
    <ul className="grid gap-3" aria-label="Log in by another site">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <form method="post" action={`/oauth/${id}`}>
            <input type="hidden" name="returnTo" value={returnTo} />
            <button
              type="submit"
              className="button button-quiet flex w-full items-center justify-center gap-3"
            >
              <OAuthMark provider={id} />
              Continue with {name}
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}
