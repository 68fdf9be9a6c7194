import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  render,
  Section,
  Text,
} from '@react-email/components';
import { createElement as h, type ReactElement } from 'react';
import type { Block, MailContent, Pen } from '../content.ts';
import { BlockView } from './blocks.ts';
import { look, sheet } from './look.ts';

/** So many that each is about as wide as high: half of that hangs from the awning. */
const SCALLOPS = 15;

/** A mail as a page of HTML, in the shop's look; escaping is React's. */
export function htmlOf(content: MailContent, pen: Pen, language: string): Promise<string> {
  return render(h(MailPage, { content, pen, language }));
}

function MailPage({
  content,
  pen,
  language,
}: {
  content: MailContent;
  pen: Pen;
  language: string;
}): ReactElement {
  return h(
    Html,
    { lang: language, dir: 'ltr' },
    h(
      Head,
      null,
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      h('title', null, content.subject),
      h('style', null, sheet),
    ),
    h(
      Body,
      { style: look.page },
      h(Preview, null, content.preheader),
      h(
        Section,
        { className: 'ground', style: look.ground },
        h(
          Container,
          { className: 'card', style: look.card },
          h(Awning, { shop: pen.shop }),
          h(Main, { content, pen }),
          h(
            Section,
            { className: 'pad line', style: look.foot },
            h(Text, { className: 'muted', style: look.quiet }, content.reason),
            h(Link, { href: pen.shop.url, className: 'muted', style: look.address }, pen.shop.url),
          ),
        ),
      ),
    ),
  );
}

function Awning({ shop }: { shop: Pen['shop'] }): ReactElement {
  const scallops = Array.from({ length: SCALLOPS }, (_, index) =>
    h('td', { key: `${index}`, style: look.scallop }, ' '),
  );
  return h(
    Section,
    null,
    h(
      Section,
      { className: 'pad', style: look.awning },
      h(Link, { href: shop.url, style: look.shopName }, shop.name),
    ),
    h(
      'table',
      { role: 'presentation', 'aria-hidden': true, cellPadding: 0, cellSpacing: 0, style: look.scallops },
      h('tbody', null, h('tr', null, scallops)),
    ),
  );
}

function Main({ content, pen }: { content: MailContent; pen: Pen }): ReactElement {
  return h(
    Section,
    { className: 'pad', style: look.body },
    h(Heading, { as: 'h1', className: 'heading ink', style: look.heading }, content.heading),
    content.greeting === undefined ? null : h(BlockView, { block: paragraphOf(content.greeting) }),
    blocks(content.blocks),
    content.action === undefined ? null : h(Action, { action: content.action, hint: pen.messages.linkHint }),
    blocks(content.afterAction ?? []),
  );
}

const paragraphOf = (text: string): Block => ({ kind: 'paragraph', text });
const blocks = (all: readonly Block[]) =>
  all.map((block, index) => h(BlockView, { key: `${block.kind}-${index}`, block }));

function Action({
  action,
  hint,
}: {
  action: NonNullable<MailContent['action']>;
  hint: string;
}): ReactElement {
  return h(
    Section,
    { style: look.buttonPlace },
    h(Button, { href: action.url, className: 'button', style: look.button }, action.label),
    h(Text, { className: 'muted', style: { ...look.quiet, marginTop: '20px' } }, hint),
    h(Link, { href: action.url, className: 'muted', style: look.address }, action.url),
  );
}
