import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { objectsOf, textOf, textsOf, valueOf, type Fields } from '#lib/policy/values';

const NETWORK_POLICY = 'networking.k8s.io/v1/NetworkPolicy';
/** Where clouds hand out the credentials of a node. */
const METADATA = ['169.254.169.254/32', '169.254.0.0/16'];

function addresses(
  peers: readonly Fields[],
): readonly { readonly cidr: string; readonly except: readonly string[] }[] {
  return peers.flatMap((peer) => {
    const cidr = textOf(valueOf(peer, 'ipBlock.cidr'));
    return cidr === null ? [] : [{ cidr, except: textsOf(valueOf(peer, 'ipBlock.except')) }];
  });
}

export const NETWORK: readonly PolicyRule[] = [
  {
    id: 'ingress-named',
    title: 'Who may connect is named',
    severity: 'error',
    rationale: 'A rule without a sender is a rule for everybody, which reads like one for nobody.',
    fix: 'name namespaces or pods in `from`',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: ofEach([NETWORK_POLICY], (policy) =>
      objectsOf(valueOf(policy, 'spec.ingress')).flatMap((rule) => {
        const peers = objectsOf(rule['from']);
        const anywhere = addresses(peers).some(({ cidr }) => cidr.endsWith('/0'));
        return unless(peers.length > 0 && !anywhere, 'lets in anybody');
      }),
    ),
  },
  {
    id: 'egress-named',
    title:
      'Where pods may connect is named; to the internet on named ports, and never to the metadata of a node',
    severity: 'error',
    rationale: 'What a prompt can make a server send, it can send anywhere that is open.',
    fix: 'name the receivers in `to`; except 169.254.0.0/16 from blocks that hold it, and list ports',
    owaspLlm: ['LLM02', 'LLM10'],
    aisvs: ['7.3.3', '5.2.1'],
    breaches: ofEach([NETWORK_POLICY], (policy) =>
      objectsOf(valueOf(policy, 'spec.egress')).flatMap((rule) => {
        const peers = objectsOf(rule['to']);
        const everywhere = addresses(peers).filter(({ cidr }) => cidr === '0.0.0.0/0');
        return [
          ...unless(peers.length > 0, 'names no receiver'),
          ...unless(
            everywhere.every(({ except }) => METADATA.some((range) => except.includes(range))),
            'reaches the metadata service of the node',
          ),
          ...unless(
            !addresses(peers).some(({ cidr }) => cidr.endsWith('/0')) || objectsOf(rule['ports']).length > 0,
            'reaches every port of the internet',
          ),
        ];
      }),
    ),
  },
];
