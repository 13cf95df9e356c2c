import { listAt, textAt } from '../objects.ts';
import { ofPods, type Policy } from '../policy.ts';

export const dockerSock: Policy = {
  name: 'docker-sock',
  also: ['CKV_K8S_27'],
  check: ofPods((pod) => {
    const paths = listAt(pod, 'volumes').map((volume) => textAt(volume, 'hostPath', 'path') ?? '');
    return paths.some((path) => /docker\.sock|containerd\.sock/.test(path)) && "mounts the engine's socket";
  }),
};
