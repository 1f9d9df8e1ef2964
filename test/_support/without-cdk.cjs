// Preloaded into a child process: resolving a synthesizer's package fails as if it were not installed.
// oxlint-disable no-underscore-dangle -- Node 20 has no other hook into how CommonJS resolves
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (/^(aws-cdk-lib|constructs|cdktf)(\/|$)|^@(aws-cdk|cdktf)\//.test(request)) {
    throw new Error(`${request} is out of reach in this test`);
  }
  return resolve.call(this, request, ...rest);
};
