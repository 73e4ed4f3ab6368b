// Runs the provider of a custom resource in this process: node run-provider.cjs FOLDER PORT < event.json
// It answers to an address of S3, by https; here that leads to the port of whoever asked.
const http = require('node:http');
const https = require('node:https');
const { text } = require('node:stream/consumers');

const [, , folder, port] = process.argv;
https.request = (options, answered) =>
  http.request({ ...options, protocol: 'http:', hostname: '127.0.0.1', port: Number(port) }, answered);

text(process.stdin)
  .then((event) => {
    const { handler } = require(folder);
    return handler(JSON.parse(event), { logStreamName: 'provider' });
    // Connections that are kept for a next call would keep the process too; Lambda freezes it here.
  })
  .then(() => process.exit(0));
