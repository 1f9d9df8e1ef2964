export { TerraformCluster } from '#constructs/terraform/terraform-cluster';
