import { at } from '../objects.ts';
import { ofContainers, type Policy } from '../policy.ts';

export const podProbesIdentical: Policy = {
  name: 'pod-probes-identical',
  check: ofContainers((container) => {
    const handler = (probe: string): string =>
      JSON.stringify([at(container, probe, 'httpGet'), at(container, probe, 'tcpSocket')]);
    const both = at(container, 'livenessProbe', 'httpGet') ?? at(container, 'livenessProbe', 'tcpSocket');
    return (
      both !== undefined &&
      handler('livenessProbe') === handler('readinessProbe') &&
      'has one probe for liveness and readiness, so a busy pod is killed instead of spared'
    );
  }),
};
