import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { reportPageTimings } from './lib/page-timings.ts';

startTransition(() => {
  // one child, as on the server: with a second one React would number its ids otherwise than the page that came from there
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
reportPageTimings();
