import type {StatefulSet} from 'kubernetes-types/apps/v1.d.ts';
import type {ResourceQuota} from 'kubernetes-types/core/v1.d.ts';
import {describe, expect, it} from 'vitest';
import {baseManifests, hasKustomize, kustomized, type Manifest, quantity, typeFaults} from './kubernetes.ts';

const kustomize = hasKustomize();
const find = (list: readonly Manifest[], kind: string): Manifest => list.find(one => one.kind === kind)!;
const students = (list: readonly Manifest[]) => structuredClone(find(list, 'StatefulSet')) as StatefulSet;
const podOf = (set: StatefulSet) => set.spec!.template!.spec!;

describe('the manifests of base/', () => {
  const base = baseManifests();

  it('are what Kubernetes types allow', () => {
    expect(base.map(one => one.kind).sort()).toEqual([
      'Namespace',
      'NetworkPolicy',
      'ResourceQuota',
      'Service',
      'StatefulSet',
    ]);
    expect(typeFaults(base)).toEqual([]);
  });

  it('would be refused with a field that does not exist, one of another type, one that is missing', () => {
    const [unknown, wrong, missing] = [students(base), students(base), students(base)];
    Object.assign(podOf(unknown).containers[0]!, {resource: {}});
    Object.assign(wrong.spec!, {replicas: '30'});
    Object.assign(missing.spec!, {serviceName: undefined});
    for (const set of [unknown, wrong, missing]) expect(typeFaults([set as Manifest])).toHaveLength(1);
  });

  it('give a student root on the node and nothing else: no token, no network, no node of others', () => {
    const pod = podOf(students(base));
    expect(pod.containers[0]!.securityContext).toEqual({privileged: true});
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(Object.keys(pod.nodeSelector!)).toEqual([pod.tolerations![0]!.key]);
    expect(pod).not.toHaveProperty('hostNetwork');
    expect(pod).not.toHaveProperty('hostPID');
    expect(find(base, 'NetworkPolicy').spec).toEqual({podSelector: {}, policyTypes: ['Ingress', 'Egress']});
    expect(find(base, 'Namespace').metadata.labels).toMatchObject({'pod-security.kubernetes.io/enforce': 'privileged'});
  });

  it('join: service, selector, labels, volumes', () => {
    const set = students(base);
    const service = find(base, 'Service');
    expect(set.spec!.serviceName).toBe(service.metadata.name);
    expect(set.spec!.template!.metadata!.labels).toMatchObject(set.spec!.selector!.matchLabels!);
    expect(service.spec).toMatchObject({selector: set.spec!.selector!.matchLabels});
    const mounts = podOf(set).containers.flatMap(one => one.volumeMounts!.map(mount => mount.name));
    expect(mounts).toEqual(podOf(set).volumes!.map(volume => volume.name));
  });
});

// Not run is not passed: without kubectl these are counted as skipped.
describe.skipIf(!kustomize)('kubectl kustomize class-of-30', () => {
  it('gives manifests that types allow, for 30 students with the image of the class', () => {
    const list = kustomized('class-of-30');
    expect(typeFaults(list)).toEqual([]);
    const set = students(list);
    expect(set.spec!.replicas).toBe(30);
    expect(podOf(set).containers[0]!.image).toMatch(/^registry\.example\/glassbox:\d/);
    expect(list.filter(one => one.kind !== 'Namespace').map(one => one.metadata.namespace)).toEqual(
      Array.from({length: list.length - 1}, () => 'glassbox-class'),
    );
  });

  it('fits its own quota, to the last student and not one more', () => {
    const list = kustomized('class-of-30');
    const set = students(list);
    const hard = (find(list, 'ResourceQuota') as ResourceQuota).spec!.hard!;
    const {requests, limits} = podOf(set).containers[0]!.resources!;
    const each: Record<string, number> = {pods: 1};
    for (const [name, amounts] of Object.entries({requests, limits}))
      for (const [what, amount] of Object.entries(amounts!)) each[`${name}.${what}`] = quantity(amount);
    for (const [what, amount] of Object.entries(each)) {
      expect([what, quantity(hard[what])]).toEqual([what, amount * set.spec!.replicas!]);
    }
    for (const what of Object.keys(requests!))
      expect(quantity(limits![what])).toBeGreaterThan(quantity(requests![what]));
  });
});
