import type { OAuthProvider } from '../lib/bff-types.ts';
import { Icon } from './Icon.tsx';

/** A provider's mark, in its simplest form and the text's colour. */
export function OAuthMark({ provider }: { provider: OAuthProvider['id'] }) {
  if (provider === 'oidc') return <Icon name="lock" className="size-5" />;
  return (
    <svg viewBox="0 0 24 24" className="size-5 shrink-0" aria-hidden="true" fill="none">
      {marks[provider]}
    </svg>
  );
}

const stroke = { stroke: 'currentColor', strokeWidth: 2.6, strokeLinecap: 'round' } as const;

const marks = {
  google: <path {...stroke} d="M19 6.6A9 9 0 1 0 21 12h-8.2" />,
  apple: (
    <>
      <path
        fill="currentColor"
        d="M12 8.2c1.1-.8 2.4-1.3 3.7-1.2 1.7.1 3 .9 3.8 2.2-3 1.9-2.5 5.9.5 7.1-.9 2.4-2.5 5.2-4.5 5.2-1.3 0-1.9-.8-3.5-.8s-2.2.8-3.5.8C6 21.5 3.7 17 3.7 13c0-3.7 2.3-6 5-6 1.3 0 2.3.6 3.3 1.2Z"
      />
      <path fill="currentColor" d="M12 6.2c-.1-2.3 1.7-4.2 3.9-4.5.2 2.4-1.7 4.4-3.9 4.5Z" />
    </>
  ),
  facebook: (
    <path
      fill="currentColor"
      d="M13.8 22v-8.6h3l.5-3.5h-3.5V7.7c0-1 .5-1.9 2-1.9h1.6V2.8A18 18 0 0 0 14.7 2.6c-2.8 0-4.6 1.7-4.6 4.7v2.6H7v3.5h3.1V22Z"
    />
  ),
  github: (
    <path
      {...stroke}
      strokeWidth={2}
      strokeLinejoin="round"
      d="M9.5 21v-3.2c-3 .7-4-1.3-4.5-2.3M14.5 21v-3.6c0-.9-.2-1.5-.7-2 3-.4 5.2-1.6 5.2-5.4 0-1.2-.4-2.2-1.1-3 .1-.5.4-1.6-.1-3 0 0-1.3-.3-3.3 1.1a10.6 10.6 0 0 0-5 0C7.5 3.7 6.2 4 6.2 4c-.5 1.4-.2 2.5-.1 3A4.3 4.3 0 0 0 5 10c0 3.8 2.2 5 5.2 5.4"
    />
  ),
};
