import { Link } from '@remix-run/react';
import { Icon, type IconName } from './Icon.tsx';

const promises: { icon: IconName; title: string; text: string; to: string }[] = [
  {
    icon: 'check',
    title: 'In stock means in stock',
    text: 'What you pay for is set aside for you while you pay. Nobody else can buy it from under you.',
    to: '/help/delivery',
  },
  {
    icon: 'lock',
    title: 'The price is the price',
    text: 'Delivery and tax are shown before you pay, and your card is charged that sum, once.',
    to: '/help/delivery',
  },
  {
    icon: 'returns',
    title: 'Thirty days to change your mind',
    text: 'Unused things come back within 30 days for what you paid for them.',
    to: '/help/returns',
  },
];

/** What the shop promises, and holds. */
export function Promises() {
  return (
    <section aria-labelledby="promises" className="bg-wash py-12 lg:py-16">
      <div className="page">
        <h2 id="promises" className="max-w-xl text-3xl lg:text-4xl">
          Shop with your guard down.
        </h2>
        <ul className="mt-8 grid gap-8 md:grid-cols-3 lg:gap-12">
          {promises.map((promise) => (
            <li key={promise.title}>
              <span className="grid size-12 place-items-center rounded-full bg-accent text-on-accent">
                <Icon name={promise.icon} className="size-6" />
              </span>
              <h3 className="mt-4 text-xl">
                <Link to={promise.to} className="hover:underline">
                  {promise.title}
                </Link>
              </h3>
              <p className="mt-2 leading-relaxed text-muted">{promise.text}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
