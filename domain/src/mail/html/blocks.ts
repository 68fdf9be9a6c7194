import { Link, Section, Text } from '@react-email/components';
import { type CSSProperties, createElement as h, type ReactElement } from 'react';
import type { Block } from '../content.ts';
import { look } from './look.ts';

type ReceiptBlock = Extract<Block, { kind: 'receipt' }>;

/** A part of a mail as HTML. */
export function BlockView({ block }: { block: Block }): ReactElement {
  switch (block.kind) {
    case 'paragraph':
      return h(Text, { className: 'ink', style: look.paragraph }, block.text);
    case 'link':
      return h(
        Text,
        { style: look.paragraph },
        h(Link, { href: block.url, className: 'ink', style: look.link }, block.label),
      );
    case 'facts':
      return h(FactsView, { facts: block.facts });
    case 'lines':
      return h(LinesView, { title: block.title, lines: block.lines });
    case 'receipt':
      return h(ReceiptView, { receipt: block });
  }
}

function FactsView({ facts }: { facts: Extract<Block, { kind: 'facts' }>['facts'] }): ReactElement {
  const rows = facts.map(([label, value]) =>
    h(
      'tr',
      { key: label },
      cell({ scope: 'row', isMuted: true, style: look.narrow, text: label }),
      cell({ text: value }),
    ),
  );
  return h('table', { style: look.table }, h('tbody', null, rows));
}

function LinesView({ title, lines }: { title: string; lines: readonly string[] }): ReactElement {
  return h(
    Section,
    null,
    h(Text, { className: 'muted', style: look.quiet }, title),
    h(
      Text,
      { className: 'ink', style: look.paragraph },
      lines.flatMap((line, index) => (index === 0 ? [line] : [h('br', { key: `${index}` }), line])),
    ),
  );
}

function ReceiptView({ receipt }: { receipt: ReceiptBlock }): ReactElement {
  const lines = receipt.lines.map((line, index) =>
    h(
      'tr',
      { key: `line-${index}` },
      cell({ isMuted: true, style: look.narrow, text: line.quantity }),
      h(
        'td',
        { className: 'ink line', style: look.cell },
        line.title,
        line.variant === ''
          ? null
          : h('span', { className: 'muted', style: { ...look.muted, display: 'block' } }, line.variant),
      ),
      cell({ style: look.amount, text: line.total }),
    ),
  );
  const last = receipt.sums.length - 1;
  const sums = receipt.sums.map(([label, amount], index) => {
    const style = { ...look.sum, ...(index === last ? look.total : {}) };
    return h(
      'tr',
      { key: `sum-${index}` },
      cell({ scope: 'row', span: 2, style, text: label }),
      cell({ style: { ...style, ...look.amount }, text: amount }),
    );
  });
  return h('table', { style: look.table }, h('tbody', null, lines, sums));
}

function cell(of: {
  text: string;
  scope?: 'row';
  span?: number;
  isMuted?: boolean;
  style?: CSSProperties;
}): ReactElement {
  return h(
    of.scope ? 'th' : 'td',
    {
      key: of.text,
      scope: of.scope,
      colSpan: of.span,
      className: `${of.isMuted ? 'muted' : 'ink'} line`,
      style: { ...look.cell, ...of.style, ...(of.isMuted ? look.muted : {}) },
    },
    of.text,
  );
}
