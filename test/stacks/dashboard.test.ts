import { describe, expect, it } from 'vitest';
import { ownMetrics } from '../../lambdas/contract/own-metrics.ts';
import { ofType, pipelineTemplate, recoveryWith, serviceInput } from './synthesized.ts';

type Widget = {
  readonly properties: { readonly title?: string; readonly metrics?: readonly (readonly unknown[])[] };
};

/** The dashboard's widgets; references to resources are left as they are. */
function widgets(): readonly Widget[] {
  const template = pipelineTemplate(recoveryWith({ checkout: serviceInput('checkout') }));
  const bodies = ofType(template, 'AWS::CloudWatch::Dashboard').map(
    ({ Properties }) => Properties.DashboardBody as { 'Fn::Join': readonly [string, readonly unknown[]] },
  );
  const parts = bodies.flatMap((body) => body['Fn::Join'][1]);
  const text = parts.map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  return (JSON.parse(text) as { widgets: readonly Widget[] }).widgets;
}

/** Names of Paramedic's own metrics a graph shows, each in the pipeline's dimension. */
const ownIn = ({ properties: { metrics = [] } }: Widget): readonly unknown[] =>
  metrics
    .filter(
      ([namespace, , dimension, value]) => namespace === 'Paramedic' && dimension === 'pipeline' && value === 'prod',
    )
    .map(([, name]) => name);

describe('the dashboard of the pipeline', () => {
  it('shows everything Paramedic counts itself', () => {
    const { namespace, dimension, ...counts } = ownMetrics;
    expect([namespace, dimension]).toEqual(['Paramedic', 'pipeline']);
    expect(widgets().flatMap(ownIn).toSorted()).toEqual(Object.values(counts).toSorted());
  });

  it('shows apart what would have been done and what was', () => {
    const [actions] = widgets().filter(({ properties }) => properties.title === 'Actions: detected and enforced');
    expect(actions?.properties.metrics?.map(([, name, , , look]) => [name, look])).toEqual([
      ['ActionsDetected', expect.objectContaining({ label: 'detected: would be done', stat: 'Sum' })],
      ['ActionsEnforced', expect.objectContaining({ label: 'enforced: really ordered', stat: 'Sum' })],
    ]);
  });
});
