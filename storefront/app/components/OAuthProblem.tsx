import { Link } from '@remix-run/react';
import { ErrorNote } from './ErrorNote.tsx';

/** The page of a log-in by a provider that did not work. */
export function OAuthProblem({ problem }: { problem: string }) {
  return (
    <div className="page max-w-lg py-10 lg:py-16">
      <h1 className="text-4xl">That did not work</h1>
      <ErrorNote className="mt-6">{problem}</ErrorNote>
      <Link to="/login" className="button mt-6">
        Back to the log-in
      </Link>
    </div>
  );
}
