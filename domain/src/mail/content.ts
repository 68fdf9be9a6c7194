import type { Format } from './format.ts';
import type { Messages } from './messages/en.ts';

/** A part of a mail, to be written as HTML and as text. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Names and values, such as the device of a log-in. */
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  /** A second way on, beside the button. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | {
      readonly kind: 'receipt';
      readonly lines: readonly ReceiptLine[];
      readonly sums: readonly (readonly [label: string, amount: string])[];
    }
  | { readonly kind: 'lines'; readonly title: string; readonly lines: readonly string[] };

export interface ReceiptLine {
  readonly quantity: string;
  readonly title: string;
  /** Empty where there is one of a kind. */
  readonly variant: string;
  readonly total: string;
}

/** What a mail says, before it is either HTML or text. */
export interface MailContent {
  readonly subject: string;
  /** What lists of mails show after the subject. */
  readonly preheader: string;
  readonly heading: string;
  /** The line that speaks to the reader, if any. */
  readonly greeting?: string;
  readonly blocks: readonly Block[];
  /** The one thing to do. */
  readonly action?: { readonly label: string; readonly url: string };
  readonly afterAction?: readonly Block[];
  /** Why the reader gets this mail: small, at the foot. */
  readonly reason: string;
  /** Where such mails are stopped: mail programs show a button for it. */
  readonly unsubscribeUrl?: string;
}

/** What a template writes with. */
export interface Pen {
  readonly messages: Messages;
  readonly format: Format;
  readonly shop: { readonly name: string; readonly url: string };
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
