/**
 * n8n's own engine in this process: n8n-core's package loader and workflow executor, with the few
 * parts around them that belong to the n8n server rebuilt here in small. It serves the tests and
 * the demo; the end-to-end run shows that the real server does the same.
 *
 *     const packages = await loadPackage(folder);              // built, or an unpacked tarball
 *     const credentials = { a: { id: 'a', name: 'A', type: 'someApi', data: { token } } };
 *     const run = await runWorkflow({ workflow, packages, credentials, input: [{ ticket: '1' }] });
 *     run.status; run.executionError;                          // as n8n would save and show them
 *     run.outputs('COC Incident'); run.outputs('COC Incident', 1);
 *     run.pairedWith('Tickets', 'COC Incident', 0);            // what $('Tickets').item finds
 *     run.dump();                                              // everything, to look for secrets
 *
 * - `runWorkflow` runs a workflow as exported from the editor. Node settings (On Error, Retry On
 *   Fail …) are n8n-core's business. `signal` stops it like the editor's stop button.
 * - `searchList` fills a list of a node's field as the editor does.
 * - `testCredential` does what the button *Test* of a credential does.
 * - `callHelper` calls a request helper of a node, `httpRequestNode` as n8n's HTTP Request node.
 * - Credentials are plain objects in a store: what n8n renews is found there afterwards (or put
 *   there by a test in mid-run), beside counts of decryptions and pre-authentications.
 * - n8n reads HTTP_PROXY, HTTPS_PROXY and NO_PROXY for every request: set them around a run
 *   (`throughProxy` in ../support/connectProxy.cts).
 *
 * In a program of its own, start it with `node --require tsx/cjs program.cts`: through tsx's other
 * loader Node 20 can't load all of n8n-core.
 */
export * from './callHelper.cts';
export * from './credentialsHelper.cts';
export * from './instance.cts';
export * from './packages.cts';
export * from './realHttpRequest.cts';
export * from './runWorkflow.cts';
export * from './searchList.cts';
export * from './testCredential.cts';
export * from './webhookServer.cts';
