/** Every policy; a new one is a file and two lines here. */

import type { Policy } from '../policy.ts';
import { accessToCreatePods } from './access-to-create-pods.ts';
import { accessToSecrets } from './access-to-secrets.ts';
import { addedCapabilities } from './added-capabilities.ts';
import { clusterAdminRoleBinding } from './cluster-admin-role-binding.ts';
import { containerEphemeralStorageRequestAndLimit } from './container-ephemeral-storage-request-and-limit.ts';
import { containerImagePullPolicy } from './container-image-pull-policy.ts';
import { containerMemoryRequestsEqualLimits } from './container-memory-requests-equal-limits.ts';
import { containerPortsCheck } from './container-ports-check.ts';
import { containerSeccompProfile } from './container-seccomp-profile.ts';
import { containerSecurityContextUserGroupId } from './container-security-context-user-group-id.ts';
import { cronjobConcurrency } from './cronjob-concurrency.ts';
import { cronjobHasDeadline } from './cronjob-has-deadline.ts';
import { danglingHorizontalpodautoscaler } from './dangling-horizontalpodautoscaler.ts';
import { danglingIngress } from './dangling-ingress.ts';
import { danglingNetworkpolicy } from './dangling-networkpolicy.ts';
import { danglingNetworkpolicypeerPodselector } from './dangling-networkpolicypeer-podselector.ts';
import { danglingService } from './dangling-service.ts';
import { danglingServicemonitor } from './dangling-servicemonitor.ts';
import { databaseVerifiesTls } from './database-verifies-tls.ts';
import { defaultServiceAccount } from './default-service-account.ts';
import { deprecatedServiceAccountField } from './deprecated-service-account-field.ts';
import { dockerSock } from './docker-sock.ts';
import { dropAllCapabilities } from './drop-all-capabilities.ts';
import { duplicateEnvVar } from './duplicate-env-var.ts';
import { envVarSecret } from './env-var-secret.ts';
import { escalatingVerbs } from './escalating-verbs.ts';
import { hasPoddisruptionbudget } from './has-poddisruptionbudget.ts';
import { horizontalpodautoscalerReplicas } from './horizontalpodautoscaler-replicas.ts';
import { hostIpc } from './host-ipc.ts';
import { hostName } from './host-name.ts';
import { hostNetwork } from './host-network.ts';
import { hostPid } from './host-pid.ts';
import { hostPort } from './host-port.ts';
import { hpaWithoutReplicas } from './hpa-without-replicas.ts';
import { ingressHasTls } from './ingress-has-tls.ts';
import { invalidTargetPorts } from './invalid-target-ports.ts';
import { jobTtlSecondsAfterFinished } from './job-ttl-seconds-after-finished.ts';
import { labelValues } from './label-values.ts';
import { latestTag } from './latest-tag.ts';
import { livenessPort } from './liveness-port.ts';
import { minimumReplicas } from './minimum-replicas.ts';
import { mismatchingSelector } from './mismatching-selector.ts';
import { noAntiAffinity } from './no-anti-affinity.ts';
import { noLivenessProbe } from './no-liveness-probe.ts';
import { noReadOnlyRootFs } from './no-read-only-root-fs.ts';
import { noReadinessProbe } from './no-readiness-probe.ts';
import { noRollingUpdateStrategy } from './no-rolling-update-strategy.ts';
import { noSnippets } from './no-snippets.ts';
import { nonExistentServiceAccount } from './non-existent-service-account.ts';
import { nonIsolatedPod } from './non-isolated-pod.ts';
import { pdbMaxUnavailable } from './pdb-max-unavailable.ts';
import { pdbMinAvailable } from './pdb-min-available.ts';
import { pdbUnhealthyPodEvictionPolicy } from './pdb-unhealthy-pod-eviction-policy.ts';
import { plainSecret } from './plain-secret.ts';
import { podProbesIdentical } from './pod-probes-identical.ts';
import { podTopologySpreadConstraints } from './pod-topology-spread-constraints.ts';
import { poddisruptionbudgetHasPolicy } from './poddisruptionbudget-has-policy.ts';
import { priorityClassName } from './priority-class-name.ts';
import { privilegeEscalationContainer } from './privilege-escalation-container.ts';
import { privilegedContainer } from './privileged-container.ts';
import { privilegedPorts } from './privileged-ports.ts';
import { readSecretFromEnvVar } from './read-secret-from-env-var.ts';
import { readinessPort } from './readiness-port.ts';
import { requiredLabelOwner } from './required-label-owner.ts';
import { restartPolicy } from './restart-policy.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { sensitiveHostMounts } from './sensitive-host-mounts.ts';
import { sensitiveResources } from './sensitive-resources.ts';
import { serviceAccountToken } from './service-account-token.ts';
import { serviceType } from './service-type.ts';
import { sshPort } from './ssh-port.ts';
import { stableVersion } from './stable-version.ts';
import { startupPort } from './startup-port.ts';
import { statefulsetHasServicename } from './statefulset-has-servicename.ts';
import { unsafeProcMount } from './unsafe-proc-mount.ts';
import { unsafeSysctls } from './unsafe-sysctls.ts';
import { unsetCpuRequirements } from './unset-cpu-requirements.ts';
import { unsetMemoryRequirements } from './unset-memory-requirements.ts';
import { useNamespace } from './use-namespace.ts';
import { wildcardInRules } from './wildcard-in-rules.ts';

export const policies: readonly Policy[] = [
  accessToCreatePods,
  accessToSecrets,
  addedCapabilities,
  clusterAdminRoleBinding,
  containerEphemeralStorageRequestAndLimit,
  containerImagePullPolicy,
  containerMemoryRequestsEqualLimits,
  containerPortsCheck,
  containerSeccompProfile,
  containerSecurityContextUserGroupId,
  cronjobConcurrency,
  cronjobHasDeadline,
  danglingHorizontalpodautoscaler,
  danglingIngress,
  danglingNetworkpolicy,
  danglingNetworkpolicypeerPodselector,
  danglingService,
  danglingServicemonitor,
  databaseVerifiesTls,
  defaultServiceAccount,
  deprecatedServiceAccountField,
  dockerSock,
  dropAllCapabilities,
  duplicateEnvVar,
  envVarSecret,
  escalatingVerbs,
  hasPoddisruptionbudget,
  horizontalpodautoscalerReplicas,
  hostIpc,
  hostName,
  hostNetwork,
  hostPid,
  hostPort,
  hpaWithoutReplicas,
  ingressHasTls,
  invalidTargetPorts,
  jobTtlSecondsAfterFinished,
  labelValues,
  latestTag,
  livenessPort,
  minimumReplicas,
  mismatchingSelector,
  noAntiAffinity,
  noLivenessProbe,
  noReadOnlyRootFs,
  noReadinessProbe,
  noRollingUpdateStrategy,
  noSnippets,
  nonExistentServiceAccount,
  nonIsolatedPod,
  pdbMaxUnavailable,
  pdbMinAvailable,
  pdbUnhealthyPodEvictionPolicy,
  plainSecret,
  podProbesIdentical,
  podTopologySpreadConstraints,
  poddisruptionbudgetHasPolicy,
  priorityClassName,
  privilegeEscalationContainer,
  privilegedContainer,
  privilegedPorts,
  readSecretFromEnvVar,
  readinessPort,
  requiredLabelOwner,
  restartPolicy,
  runAsNonRoot,
  sensitiveHostMounts,
  sensitiveResources,
  serviceAccountToken,
  serviceType,
  sshPort,
  stableVersion,
  startupPort,
  statefulsetHasServicename,
  unsafeProcMount,
  unsafeSysctls,
  unsetCpuRequirements,
  unsetMemoryRequirements,
  useNamespace,
  wildcardInRules,
];
