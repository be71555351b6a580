/** A view: its heading takes the focus when the view opens, so that a keyboard or a screen reader begins there. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export interface PageProps {
  title: string;
  /** Beside the heading: state, actions. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Page({ title, aside, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Trainyard`;
  }, [title]);
  return (
    <main id="main">
      <header class="bar">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
      </header>
      {children}
    </main>
  );
}
