/** Kinds without a namespace, as far as the tree or the charts hold them. */
export const clusterScoped: ReadonlySet<string> = new Set([
  'APIService',
  'ClusterIssuer',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PriorityClass',
  'ValidatingWebhookConfiguration',
]);
