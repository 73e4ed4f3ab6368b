import { plainText } from '../../contract/text.ts';
import type { Envelope, EventFamily } from './event-family.ts';
import { quoted, textOf } from './fields.ts';
import { ignore, notUnderstood } from './ignore.ts';

/**
 * What ECS tells (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html). A stopped task or a new
 * deployment is no trouble by itself, so none of these opens an incident; diagnosing reads the same facts from ECS.
 */
const informational: Readonly<Record<string, (event: Envelope) => string>> = {
  'ECS Deployment State Change': (event) => `A deployment of ${subject(event)}: ${name(event)}${reason(event)}.`,
  'ECS Service Action': (event) => `ECS on ${subject(event)}: ${name(event)}${reason(event)}.`,
  'ECS Task State Change': (event) => `A task of ${owner(event)} is ${word(event, 'lastStatus')}${reason(event)}.`,
  'ECS Container Instance State Change': (event) =>
    `The container instance ${subject(event)} is ${word(event, 'status')}.`,
};

/** EventBridge events of ECS, source `aws.ecs`. */
export const ecsEvent: EventFamily = (event) => {
  if (event.source !== 'aws.ecs') return undefined;
  const tell = Object.hasOwn(informational, event.type) ? informational[event.type] : undefined;
  if (tell === undefined) {
    return notUnderstood('other-detail-type', `Paramedic knows no ECS event of the type ${quoted(event.type)}.`);
  }
  return ignore('informational', `${tell(event)} By itself this opens nothing.`);
};

/** The last part of the first resource's ARN: the name of the service, task or instance. */
const subject = ({ resources }: Envelope): string => quoted(resources[0]?.split('/').at(-1) ?? 'something unnamed');

const word = ({ detail }: Envelope, field: string): string =>
  plainText(textOf(detail[field]) ?? 'in an unnamed state', 40);

/** `SERVICE_TASK_PLACEMENT_FAILURE` as people say it. */
const name = (event: Envelope): string => word(event, 'eventName').toLowerCase().replaceAll('_', ' ');

const owner = ({ detail }: Envelope): string =>
  quoted(textOf(detail.group)?.replace(/^service:/, '') ?? 'an unnamed group');

function reason({ detail }: Envelope): string {
  const given = textOf(detail.stoppedReason) ?? textOf(detail.reason);
  return given === undefined ? '' : ` (${plainText(given, 160).replace(/\.$/, '')})`;
}
