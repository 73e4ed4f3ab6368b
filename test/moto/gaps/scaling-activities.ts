import type { Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { jsonReply } from '../harness/replies.ts';
import { epochSeconds, type PlayedClock } from './played-clock.ts';

type Activity = {
  readonly resource: string;
  readonly startedAt: number;
  readonly desired: number;
  endedAt: number | null;
};

/** Scaling activities, which moto does not have. A test says when one begins and ends. */
export class ScalingActivities implements Gap {
  readonly operations = ['application-autoscaling.DescribeScalingActivities'];
  readonly because = 'scaling activities';
  readonly #clock: PlayedClock;
  readonly #activities: Activity[] = [];

  constructor(clock: PlayedClock) {
    this.#clock = clock;
  }

  /** `resource` is such as `service/shop/checkout`. */
  begin(resource: string, desired: number): void {
    this.#activities.unshift({ resource, desired, startedAt: this.#clock.now(), endedAt: null });
  }

  /** All of them are done. */
  end(): void {
    for (const activity of this.#activities) activity.endedAt ??= this.#clock.now();
  }

  /** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html */
  readonly answer = async ({ body }: Asked): Promise<Reply> => {
    const { ResourceId, ScalableDimension } = body as Readonly<Record<string, string>>;
    const some = this.#activities.filter(({ resource }) => resource === ResourceId);
    return jsonReply({
      ScalingActivities: some.map(({ startedAt, endedAt, desired }, n) => ({
        ActivityId: `activity-${some.length - n}`,
        ServiceNamespace: 'ecs',
        ResourceId,
        ScalableDimension,
        Description: `Setting desired count to ${desired}.`,
        Cause: 'monitor alarm cpu-high in state ALARM triggered policy cpu',
        StartTime: epochSeconds(startedAt),
        ...(endedAt === null ? {} : { EndTime: epochSeconds(endedAt) }),
        StatusCode: endedAt === null ? 'InProgress' : 'Successful',
        StatusMessage: `Successfully set desired count to ${desired}.`,
      })),
    });
  };
}
