import { Form } from '@remix-run/react';
import type { Wishlist } from '../lib/bff-types.ts';
import { SimpleField } from './SimpleField.tsx';
import { SubmitButton } from './SubmitButton.tsx';

/** Sharing, name and end of a list. */
export function WishlistSettings({ list, nameError }: { list: Wishlist; nameError: string | null }) {
  return (
    <div className="mt-10 grid gap-8">
      <section aria-labelledby="share" className="max-w-xl">
        <h2 id="share" className="text-xl">
          Share this list
        </h2>
        {list.shareUrl === null ? (
          <>
            <p className="mt-1 text-muted">
              Whoever has the link sees the list and your first name, and nothing else of you.
            </p>
            <ShareButton intent="on">Make a link</ShareButton>
          </>
        ) : (
          <>
            <p className="mt-1 text-muted">Whoever has this link sees the list and your first name.</p>
            <label htmlFor="share-url" className="mt-3 block font-medium">
              Link to this list
            </label>
            <input id="share-url" readOnly value={list.shareUrl} className="field mt-1" />
            <div className="flex flex-wrap gap-3">
              <ShareButton intent="off">Stop sharing</ShareButton>
              <ShareButton intent="new-link">Make a new link</ShareButton>
            </div>
            <p className="mt-2 text-sm text-muted">Either makes the link above useless.</p>
          </>
        )}
      </section>
      <Form method="post" className="max-w-xl">
        <h2 className="text-xl">Rename it</h2>
        <input type="hidden" name="intent" value="rename" />
        <div className="mt-3 flex flex-wrap items-end gap-3">
          <SimpleField
            id="list-name"
            name="name"
            label="Name"
            defaultValue={list.name}
            required
            maxLength={60}
            autoComplete="off"
            error={nameError}
          />
          <SubmitButton className="button-quiet" busy="Saving…">
            Save the name
          </SubmitButton>
        </div>
      </Form>
      <details className="max-w-xl">
        <summary className="link inline-flex min-h-11 cursor-pointer items-center">Delete this list</summary>
        <Form method="post" className="mt-2 rounded-picture bg-wash p-4">
          <p>The list goes, with all that is on it. Its link stops working. This cannot be undone.</p>
          <input type="hidden" name="intent" value="delete" />
          <SubmitButton className="mt-3" busy="Deleting…">
            Delete “{list.name}”
          </SubmitButton>
        </Form>
      </details>
    </div>
  );
}

function ShareButton({ intent, children }: { intent: 'on' | 'off' | 'new-link'; children: string }) {
  return (
    <Form method="post" preventScrollReset className="mt-3">
      <button type="submit" name="intent" value={intent} className="button button-quiet button-small">
        {children}
      </button>
    </Form>
  );
}
