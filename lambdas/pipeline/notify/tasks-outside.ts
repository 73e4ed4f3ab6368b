import type { ServiceSettings } from '../../contract/settings.ts';
import { shortName } from '../../contract/short-name.ts';
import { counted, plainText } from '../../contract/text.ts';
import type { EntryOf } from '../../model/ledger-entry.ts';
import type { Message } from '../../model/message.ts';
import { layOut } from './layout.ts';
import { subjectLength } from './subject.ts';

/** An incident is over, and some tasks of its service run on without traffic: somebody has to put them back or stop them. */
export function tasksOutsideMessage(found: EntryOf<'TasksOutside'>, settings: ServiceSettings): Message {
  const { id, incident, service, tasks } = found;
  const count = counted(tasks.length, 'task runs', 'tasks run');
  return {
    id: `${incident}/${id}`,
    topic: settings.topic,
    subject: plainText(`${service}: ${count} outside of the load balancer`, subjectLength),
    body: body(found, settings),
    kind: 'tasks-outside',
    service,
    severity: 'warning',
    dedupKey: incident,
    status: 'update',
  };
}

const body = ({ incident, service, tasks }: EntryOf<'TasksOutside'>, { resources, runbook }: ServiceSettings): string =>
  layOut([
    {
      title: 'WHAT IS LEFT BEHIND',
      paragraphs: [
        `${counted(tasks.length, 'task', 'tasks')} of ${service} ${tasks.length === 1 ? 'is' : 'are'} running and in none of its target groups, after an incident in which Paramedic acted. They get no requests, and ECS replaces no task because of that.`,
        'Stop them, so that ECS starts others in their place; or register them again.',
      ],
      items: tasks.map(shortName),
    },
    {
      title: 'LOOK AT',
      verbatim: [
        `Service ${resources.service} in cluster ${shortName(resources.cluster)}`,
        `Runbook ${runbook}`,
        `Incident ${incident}`,
      ],
    },
  ]);
