import { Aspects, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarmPrefix } from '../../lambdas/contract/names.ts';
import type { Recovery } from '../config/recovery.ts';
import { ActionFunctions } from '../constructs/action-functions.ts';
import { PipelineDashboard } from '../constructs/dashboard.ts';
import { EncryptionKey } from '../constructs/encryption-key.ts';
import { Ledger } from '../constructs/ledger.ts';
import { MessageTopics } from '../constructs/message-topics.ts';
import { Nets } from '../constructs/nets.ts';
import { OnSignalFunction } from '../constructs/on-signal-function.ts';
import { OperatorApi } from '../constructs/operator-api.ts';
import { OperatorFunctions } from '../constructs/operator-functions.ts';
import { PauseState } from '../constructs/pause-state.ts';
import { PublishedServices } from '../constructs/published-services.ts';
import { RecoverFunction } from '../constructs/recover-function.ts';
import { RoleStyle } from '../constructs/role-style.ts';
import { SelfAlarms } from '../constructs/self-alarms.ts';
import { SelfTopic } from '../constructs/self-topic.ts';
import { SignalRule } from '../constructs/signal-rule.ts';
import { SweepFunction } from '../constructs/sweep-function.ts';
import { WorkflowEnded } from '../constructs/workflow-ended.ts';
import { stackProps } from './stack-props.ts';

/** Everything all services share: the way from an alarm to a recovered service, its memory, and its voice. */
export class PipelineStack extends Stack {
  constructor(scope: Construct, stackName: string, recovery: Recovery) {
    const { install, services } = recovery;
    super(
      scope,
      stackName,
      stackProps(install, stackName, `Paramedic (${install.name}): first aid for services on Amazon ECS`),
    );

    const { key } = new EncryptionKey(this, 'Encryption', install);
    const { table } = new Ledger(this, 'Ledger', install, key);
    new PauseState(this, 'Pause', { install, table, key });
    const published = new PublishedServices(this, 'Services', recovery);
    const nets = new Nets(this, 'Nets', install);
    const messages = new MessageTopics(this, 'Messages', recovery, key);
    const self = new SelfTopic(this, 'Self', install, key);

    const deployed = { install, services, keyArn: key.keyArn, topics: messages.arns };
    const actions = new ActionFunctions(this, 'Actions', deployed);
    const asking = new OperatorApi(this, 'Api', install);
    const operatorApi = asking.address;
    const recover = new RecoverFunction(this, 'Recover', {
      deployed,
      actions,
      deadLetters: nets.failedWorkflows,
      operatorApi,
    });
    const onSignal = new OnSignalFunction(this, 'OnSignal', {
      deployed,
      recover: recover.alias,
      failed: nets.failedSignals,
    });
    const ended = new WorkflowEnded(this, 'WorkflowEnded', {
      deployed,
      recover: recover.pipeline.function,
      nets,
      operatorApi,
    });
    const sweep = new SweepFunction(this, 'Sweep', {
      deployed,
      recover: recover.alias,
      nets,
      ownAlarmLists: published.ownAlarmLists,
      operatorApi,
    });
    const { stop, operate } = new OperatorFunctions(this, 'Operate', {
      deployed,
      recover: { function: recover.pipeline.function, alias: recover.alias },
    });
    asking.serve({ stop: stop.function, operate: operate.function });
    new SignalRule(this, 'Alarms', {
      install,
      name: 'pipeline.alarms',
      description: 'Every alarm Paramedic created for a service of this pipeline.',
      alarms: [{ prefix: alarmPrefix(install.name) }],
    });

    const functions = Object.fromEntries(
      [
        onSignal.pipeline,
        recover.pipeline,
        ended.pipeline,
        stop,
        operate,
        sweep.pipeline,
        ...Object.values(actions.byKind),
      ].map((one) => [one.node.id, one.function]),
    );
    const selfAlarms = new SelfAlarms(this, 'SelfAlarms', {
      install,
      topic: self.topic,
      nets,
      functions,
      workflowEnded: ended.pipeline.function,
      operatorApi: asking.api,
      messageTopics: messages.arns,
    });
    new PipelineDashboard(this, 'Dashboard', {
      install,
      functions,
      recover: recover.pipeline.function,
      nets,
      selfAlarms,
    });
    Aspects.of(this).add(new RoleStyle(install));
  }
}
