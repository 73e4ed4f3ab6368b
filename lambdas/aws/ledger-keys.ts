import type { Instant } from '../contract/time.ts';
import { s } from './items.ts';
import type { Key } from './table.ts';

/**
 * How the ledger lies in its table.
 *
 *   SERVICE#<id>     OPEN                            the newest incident, what is open, and what has joined it
 *                    INCIDENT#<opened>#<incident>    when an incident was open; in order of time
 *                    RELEASE#<incident>#<entry>      a condemned release
 *                    IGNORED#<entry>                 a signal that opened nothing
 *   INCIDENT#<id>    HEADER                          which service, and since when
 *                    ENTRY#<entry>                   one entry; `seq` gives the order
 *                    ORDER#<order>                   pending, started or ended
 *                    REQUEST#<request>               what a person is asked: asked, given, rejected or voided
 *                    WORD                            the callback that an answer wakes
 *   CONTROLS         EVERYTHING, SERVICE#<id>        the pause items: see the contract
 *                    LOG#<time>-<request>            what a person asked for; with #ANSWER, what came of it
 *   OUTBOX           TOPIC#<arn>                     what a topic was sent, and what waits for a summary
 *   FLEET            RECORD                          acts in flight and verified, over all services
 *                    SERVICE#<id>                    the newest incident of a service, where it lives, when it was acted on
 *                    OPEN#<service>                  the newest incident of the service, until a while after it was closed
 */
export const servicePartition = (service: string): string => `SERVICE#${service}`;
export const incidentPartition = (incident: string): string => `INCIDENT#${incident}`;

export const prefixes = {
  incident: 'INCIDENT#',
  release: 'RELEASE#',
  entry: 'ENTRY#',
  open: 'OPEN#',
  topic: 'TOPIC#',
} as const;

/** Milliseconds in a fixed width, so that text sorts as time does; good for 200 years to come. */
export const sortable = (at: Instant): string => String(Math.max(0, Math.floor(at))).padStart(13, '0');

const ofService = (service: string, sk: string): Key => ({ pk: s(servicePartition(service)), sk: s(sk) });
const ofIncident = (incident: string, sk: string): Key => ({ pk: s(incidentPartition(incident)), sk: s(sk) });

/** All services together: one query tells what goes on in them. */
export const fleetPartition = 'FLEET';
export const fleetRecordKey: Key = { pk: s(fleetPartition), sk: s('RECORD') };
export const fleetServiceKey = (service: string): Key => ({ pk: s(fleetPartition), sk: s(servicePartition(service)) });
export const openIncidentKey = (service: string): Key => ({
  pk: s(fleetPartition),
  sk: s(`${prefixes.open}${service}`),
});

/** All topics together: one query tells where something waits. */
export const outboxPartition = 'OUTBOX';
export const outboxKey = (topic: string): Key => ({ pk: s(outboxPartition), sk: s(`${prefixes.topic}${topic}`) });

export const openKey = (service: string): Key => ofService(service, 'OPEN');
export const periodKey = (service: string, openedAt: Instant, incident: string): Key =>
  ofService(service, `${prefixes.incident}${sortable(openedAt)}#${incident}`);
export const releaseKey = (service: string, incident: string, entry: string): Key =>
  ofService(service, `${prefixes.release}${incident}#${entry}`);
export const ignoredKey = (service: string, entry: string): Key => ofService(service, `IGNORED#${entry}`);
export const headerKey = (incident: string): Key => ofIncident(incident, 'HEADER');
export const entryKey = (incident: string, entry: string): Key => ofIncident(incident, `${prefixes.entry}${entry}`);
export const orderKey = (incident: string, order: string): Key => ofIncident(incident, `ORDER#${order}`);
export const requestKey = (incident: string, request: string): Key => ofIncident(incident, `REQUEST#${request}`);
export const wordKey = (incident: string): Key => ofIncident(incident, 'WORD');
