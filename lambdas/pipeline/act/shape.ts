import type { ServiceShape } from '../../model/facts.ts';

/** How much Paramedic can do for a service of a shape; `says` is one sentence for people. */
export type Aid = {
  readonly kind: 'all-actions' | 'native-rollback-only' | 'observe-only' | 'refused';
  readonly says: string;
};

/** The table of docs/reference/service-shapes.md: what could go wrong with a shape decides, worst first. */
export function aidFor(shape: ServiceShape): Aid {
  if (shape.controller !== 'ECS')
    return {
      kind: 'refused',
      says: `Its deployments belong to the ${shape.controller} controller, which ECS does not let Paramedic change.`,
    };
  if (shape.scheduling === 'DAEMON')
    return { kind: 'refused', says: 'It is a daemon service, which has no desired count to keep.' };
  const other = shape.reachedBy.filter((way) => way !== 'alb');
  if (shape.reachedBy.length === 0)
    return {
      kind: 'observe-only',
      says: 'No load balancer is in front of it, so that no task can be taken out gently.',
    };
  if (other.length > 0)
    return {
      kind: 'observe-only',
      says: `It is reached through ${other.map((way) => names[way]).join(' and ')}, where Paramedic cannot take a task out.`,
    };
  if (shape.strategy !== 'ROLLING')
    return {
      kind: 'native-rollback-only',
      says: `It deploys ${shape.strategy.toLowerCase().replace('_', '/')}: AWS itself may roll back, nothing else is changed.`,
    };
  return { kind: 'all-actions', says: 'It is a rolling ECS service behind Application Load Balancers.' };
}

const names = {
  nlb: 'a Network Load Balancer',
  'service-connect': 'Service Connect',
  'cloud-map': 'Cloud Map',
  lattice: 'VPC Lattice',
  'other-target-group': 'a target group that is not configured',
} as const;
