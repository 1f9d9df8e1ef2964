import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';

/** A stack for one construct; its template is read when asked for. */
export function inStack(build: (stack: Stack) => void): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'us-east-1' } });
  build(stack);
  return Template.fromStack(stack);
}

/** Templates of all stacks under an app, by stack id. */
export function templatesOf(build: (scope: Construct) => void): Readonly<Record<string, Template>> {
  const app = new App();
  build(app);
  const stacks = app.node.findAll().filter((node): node is Stack => Stack.isStack(node));
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, Template.fromStack(stack)]));
}
