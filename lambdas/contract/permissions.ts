/** Every change Paramedic can make to the world, and what IAM calls it. */
export const changes = {
  deregisterTargets: ['elasticloadbalancing:DeregisterTargets'],
  registerTargets: ['elasticloadbalancing:RegisterTargets'],
  stopTask: ['ecs:StopTask'],
  forceNewDeployment: ['ecs:UpdateService'],
  registerTaskDefinition: ['ecs:RegisterTaskDefinition', 'ecs:TagResource'],
  updateService: ['ecs:UpdateService'],
  stopServiceDeployment: ['ecs:StopServiceDeployment'],
} as const;
export type ChangeName = keyof typeof changes;

/**
 * The changes each action's role allows. A way back is another action with its own role.
 * The type of `Action.apply`, the IAM policy and the simulated role all read this.
 */
export const grants = {
  'deregister-target': ['deregisterTargets'],
  'register-target': ['registerTargets'],
  'replace-task': ['stopTask'],
  'restart-service': ['forceNewDeployment', 'registerTaskDefinition', 'updateService'],
  'roll-back-deployment': ['stopServiceDeployment', 'registerTaskDefinition', 'updateService'],
  'roll-forward-deployment': ['stopServiceDeployment', 'registerTaskDefinition', 'updateService'],
} as const satisfies Record<string, readonly ChangeName[]>;

/** Changes for which the caller must be allowed to pass the roles of the task definition. */
export const passesRoles: readonly ChangeName[] = ['forceNewDeployment', 'registerTaskDefinition', 'updateService'];

export type GrantedTo<K extends keyof typeof grants> = (typeof grants)[K][number];

/** The reads behind each port of sight, and what IAM calls them. */
export const reads = {
  targets: ['elasticloadbalancing:DescribeTargetHealth'],
  services: [
    'ecs:DescribeServices',
    'ecs:ListTasks',
    'ecs:DescribeTasks',
    'ecs:DescribeContainerInstances',
    'ecs:ListServiceDeployments',
    'ecs:DescribeServiceDeployments',
    'ecs:DescribeServiceRevisions',
    'ecs:DescribeTaskDefinition',
  ],
  images: ['ecr:DescribeImages'],
  metrics: ['cloudwatch:GetMetricData'],
  taskLogs: ['logs:StartQuery', 'logs:GetQueryResults', 'logs:StopQuery'],
  audience: ['sns:GetTopicAttributes'],
  routing: ['elasticloadbalancing:DescribeTargetGroupAttributes'],
  protection: ['ecs:GetTaskProtection'],
  stacks: ['cloudformation:DescribeStacks'],
  scaling: ['application-autoscaling:DescribeScalingActivities'],
  settings: ['ssm:GetParameter'],
} as const;

/** The reads of the sweep alone. */
export const sweepReads = {
  alarms: ['cloudwatch:DescribeAlarms', 'cloudwatch:ListAlarmMuteRules'],
  executions: ['lambda:GetDurableExecution'],
} as const;

/** Reads that not every act rests on, so that its function makes only those it needs. */
export type GuardRead = 'routing' | 'protection' | 'stacks' | 'scaling';

/** What is read beyond the service and its targets before each act. A way back is held to no limit but a person's pause. */
export const guardReads = {
  'deregister-target': ['routing', 'protection', 'stacks', 'scaling'],
  'register-target': [],
  'roll-forward-deployment': [],
  'replace-task': ['routing', 'protection', 'stacks', 'scaling'],
  'restart-service': ['stacks', 'scaling'],
  'roll-back-deployment': ['stacks', 'scaling'],
} as const satisfies Record<keyof typeof grants, readonly GuardRead[]>;

/** All of them: before it is known which act it will be. */
export const everyGuardRead: readonly GuardRead[] = ['routing', 'protection', 'stacks', 'scaling'];
