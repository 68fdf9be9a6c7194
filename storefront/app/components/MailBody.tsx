/**
 * A mail as HTML and as text, as its reader sees it.
 *
 * @param htmlAddress where its HTML is, by `mailPage`; null when it has none
 */
export function MailBody({ htmlAddress, text }: { htmlAddress: string | null; text: string }) {
  return (
    <>
      {htmlAddress && (
        <iframe
          title="The mail as its reader sees it"
          // No scripts, no forms, no origin: a mail is a stranger's page. Its links open beside.
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={htmlAddress}
          className="mt-6 h-[70dvh] w-full rounded-control border border-line bg-white"
        />
      )}
      {text && (
        <section aria-labelledby="text">
          <h2 id="text" className="mt-8 mb-2 text-xl">
            As text
          </h2>
          <MailText text={text} />
        </section>
      )}
    </>
  );
}

/** Plain text with its addresses as links. */
function MailText({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>")]+)/);
  return (
    <pre className="overflow-x-auto rounded-control bg-wash p-4 font-sans whitespace-pre-wrap">
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <a key={index} href={part} className="break-all underline underline-offset-2">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </pre>
  );
}
