import type { Ignored, Signal } from '../../model/signal.ts';
import { alarmAction, alarmEvent } from './alarm-event.ts';
import { ecsEvent } from './ecs-event.ts';
import { type EventFamily, envelopeOf } from './event-family.ts';
import { fieldsOf, quoted } from './fields.ts';
import { notUnderstood } from './ignore.ts';
import type { Routes } from './routes.ts';

export type { OwnedAlarm, Routes } from './routes.ts';

const families: readonly EventFamily[] = [alarmEvent, ecsEvent];

/** One event as AWS sends it, or anything else: a signal, or why it is none, in one sentence. Never throws. */
export function detect(event: unknown, routes: Routes): Signal | Ignored {
  const action = alarmAction(event, routes);
  if (action !== undefined) return action;
  const envelope = envelopeOf(event);
  if (envelope === undefined) return notUnderstood('not-an-event', whatItIs(event));
  for (const family of families) {
    const found = family(envelope, routes);
    if (found !== undefined) return found;
  }
  const says = `This is an event of ${quoted(envelope.source)}; Paramedic listens to aws.cloudwatch and aws.ecs.`;
  return notUnderstood('other-source', says);
}

function whatItIs(event: unknown): string {
  if (Array.isArray(event)) return 'This is a list; Paramedic takes one EventBridge event at a time.';
  const fields = fieldsOf(event);
  if (fields === undefined)
    return `This is ${event === null ? 'null' : `a ${typeof event}`}, not an EventBridge event.`;
  if (Array.isArray(fields.Records)) return 'These are records of SNS, SQS or the like, not an EventBridge event.';
  if ('awslogs' in fields) return 'This is a batch of log lines, not an EventBridge event.';
  return 'This is not an EventBridge event: it needs "source", "detail-type" and "detail".';
}
