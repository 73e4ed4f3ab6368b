import type { Random } from '../random.ts';
import { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';

type Services = readonly (readonly [string, DrawnService])[];

/** An account in which nothing happens by itself. */
export const quietAccount = { deployedBy: 'scripts', reregisters: 'never', sidecar: false } as const;

/** The same services in an account of their own kind: what AWS and the deployment tool do to each is drawn. */
export function inAccounts(random: Random, services: Services): Services {
  const described = !new Draw(random.fork('described')).chance(0.1);
  return services.map(([name, service]) => {
    const account = { ...drawAccount(new Draw(random.fork(`account ${name}`))), described };
    return [name, { ...service, account }] as const;
  });
}

const drawAccount = (draw: Draw): object => ({
  deployedBy: draw.one('cloudformation', 'cloudformation', 'terraform', 'scripts'),
  reregisters: draw.chance(0.5) ? 'never' : draw.seconds(5, 120),
  images: draw.one('ecr', 'ecr', 'elsewhere', 'expired'),
  sidecar: draw.chance(0.5),
  deploymentHistory: draw.one('90d', '90d', '90d', '90d', '4d', '2h'),
  passRoles: draw.chance(0.95),
  zoneRebalancing: draw.chance(0.75),
  healthCheckGrace: draw.one('0s', '0s', '0s', '60s', '5m'),
  deregistrationDelay: draw.one('300s', '300s', '300s', '120s', '30s', '10s', '0s', '600s'),
});
