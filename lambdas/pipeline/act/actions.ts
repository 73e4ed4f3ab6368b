import type { ActionKind } from '../../contract/names.ts';
import type { Action } from './action.ts';
import { deregisterTarget } from './deregister-target.ts';
import { registerTarget } from './register-target.ts';
import { replaceTask } from './replace-task.ts';
import { restartService } from './restart-service.ts';
import { rollBackDeployment } from './roll-back-deployment.ts';
import { rollForwardDeployment } from './roll-forward-deployment.ts';

/** All actions by kind. An action's function imports its own file and not this list. */
export const actions = {
  'deregister-target': deregisterTarget,
  'register-target': registerTarget,
  'replace-task': replaceTask,
  'restart-service': restartService,
  'roll-back-deployment': rollBackDeployment,
  'roll-forward-deployment': rollForwardDeployment,
} as const satisfies { readonly [K in ActionKind]: Action<K> };
