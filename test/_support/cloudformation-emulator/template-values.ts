import { ACCOUNT, REGION, type Json, type Stack } from './world';

export interface TemplateText {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string; readonly Type?: string }>>;
  readonly Conditions?: Json;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Scope {
  readonly stack: Stack;
  readonly template: TemplateText;
  readonly parameters: Readonly<Record<string, string>>;
  /** Exports of all other stacks, by name. */
  readonly exports: ReadonlyMap<string, unknown>;
}

const ABSENT = Symbol('AWS::NoValue');

/** A value with its functions applied, as far as templates of the CDK use them; throws for any other. */
export function valueOf(value: unknown, scope: Scope): unknown {
  const found = evaluated(value, scope);
  return found === ABSENT ? undefined : found;
}

function evaluated(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value))
    return value.map((each) => evaluated(each, scope)).filter((each) => each !== ABSENT);
  if (typeof value !== 'object' || value === null) return value;
  const [name, ...more] = Object.keys(value);
  const argument = (value as Json)[name ?? ''];
  if (more.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::')))
    return applied(name, argument, scope);
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, field]) => [key, evaluated(field, scope)] as const)
      .filter(([, field]) => field !== ABSENT),
  );
}

function applied(name: string, argument: unknown, scope: Scope): unknown {
  const list = () => (Array.isArray(argument) ? argument : []) as unknown[];
  const at = (index: number) => evaluated(list()[index], scope);
  switch (name) {
    case 'Ref':
      return reference(String(argument), scope);
    case 'Fn::GetAtt': {
      const [id = '', ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split('.');
      return attribute(id, path.join('.'), scope);
    }
    case 'Fn::Join':
      return (at(1) as unknown[]).map(String).join(String(list()[0]));
    case 'Fn::Select':
      return (at(1) as unknown[])[Number(at(0))];
    case 'Fn::Split':
      return String(at(1)).split(String(list()[0]));
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${REGION}${zone}`);
    case 'Fn::Sub':
      return substituted(argument, scope);
    case 'Fn::ImportValue': {
      const key = String(evaluated(argument, scope));
      if (!scope.exports.has(key)) throw new Error(`No export named ${key} found.`);
      return scope.exports.get(key);
    }
    case 'Fn::If':
      return at(evaluated(scope.template.Conditions?.[String(list()[0])], scope) === true ? 1 : 2);
    case 'Fn::Equals':
      return JSON.stringify(at(0)) === JSON.stringify(at(1));
    case 'Fn::Not':
      return at(0) !== true;
    case 'Fn::And':
      return list().every((_, index) => at(index) === true);
    case 'Fn::Or':
      return list().some((_, index) => at(index) === true);
    case 'Fn::Base64':
      return Buffer.from(String(evaluated(argument, scope))).toString('base64');
    default:
      throw new Error(`Template error: the emulator does not know ${name}`);
  }
}

function reference(name: string, { stack, parameters }: Scope): unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack.name,
    'AWS::StackId': stack.id,
    'AWS::NoValue': ABSENT,
  };
  if (name in pseudo) return pseudo[name];
  if (name in parameters) return parameters[name];
  const resource = stack.resources.get(name);
  if (resource === undefined) throw new Error(`Unresolved resource dependencies [${name}] in the template`);
  return resource.physicalId;
}

function attribute(id: string, path: string, { stack }: Scope): unknown {
  const resource = stack.resources.get(id);
  if (resource === undefined) throw new Error(`Unresolved resource dependencies [${id}] in the template`);
  return resource.attributes[path] ?? `${resource.physicalId}.${path}`;
}

function substituted(argument: unknown, scope: Scope): string {
  const [text, names] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Json];
  return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (name in names) return String(evaluated(names[name], scope));
    const [id = '', ...path] = name.split('.');
    return String(path.length === 0 ? reference(name, scope) : attribute(id, path.join('.'), scope));
  });
}

/** Logical ids so that each stands behind what it refers to. */
export function inOrder({ Resources }: TemplateText): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    const resource = Resources[id];
    if (resource === undefined || seen.has(id)) return;
    seen.add(id);
    for (const other of [...referencesIn(resource.Properties), ...[resource.DependsOn ?? []].flat()])
      visit(other);
    order.push(id);
  };
  for (const id of Object.keys(Resources)) visit(id);
  return order;
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
    if (key === 'Ref') return [String(field)];
    if (key === 'Fn::GetAtt')
      return [Array.isArray(field) ? String(field[0]) : (String(field).split('.')[0] ?? '')];
    if (key === 'Fn::Sub')
      return [...JSON.stringify(field).matchAll(/\$\{([\w]+)/g)]
        .map(([, id = '']) => id)
        .concat(referencesIn(field));
    return referencesIn(field);
  });
}
