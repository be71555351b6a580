/** What happened to a job, the latest first. */
import type { Event } from '../../../src/schemas/run.js';
import { Section } from '../../components/section.js';
import { clock, shown } from '../../lib/format.js';

const mostShown = 200;

export function EventLog({ events }: { events: readonly Event[] }) {
  return (
    <Section title="Events">
      <ol class="events">
        {events
          .slice(-mostShown)
          .reverse()
          .map(({ seq, type, data, at }) => (
            <li key={seq}>
              <time dateTime={at}>{clock(at)}</time> <b>{type}</b> {inWords(type, data)}
            </li>
          ))}
      </ol>
      {events.length > mostShown && (
        <p class="small muted">
          The last {mostShown} of {events.length}.
        </p>
      )}
    </Section>
  );
}

function inWords(type: Event['type'], data: Event['data']): string {
  if (type === 'state') {
    const { from, to, actor, reason } = data;
    return `${from ? `${shown(from)} → ` : ''}${shown(to)}, by ${shown(actor)}${reason ? `: ${shown(reason)}` : ''}`;
  }
  return Object.entries(data)
    .filter(([, value]) => value !== null && typeof value !== 'object')
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ');
}
