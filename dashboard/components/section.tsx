/** A part of a page under its own heading. */
import type { ComponentChildren } from 'preact';

export interface SectionProps {
  title: string;
  /** Stands beside the heading. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Section({ title, aside, children }: SectionProps) {
  const id = `section-${title.toLowerCase().replaceAll(/\W+/g, '-')}`;
  return (
    <section aria-labelledby={id}>
      <header class="bar">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
