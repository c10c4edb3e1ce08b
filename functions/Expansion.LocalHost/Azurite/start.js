// Runs Azurite inside this process, for as long as standard input stays open: a parent that ends, however it ends, closes it,
// so Azurite never outlives whoever started it. It then takes Azurite's own way out, which writes its state to the disk first.
'use strict';

const http = require('http');

const closeWithin = 10_000; // milliseconds

// A terminal sends these to the whole group, but storage has to outlast the functions that still run: only the parent says when to stop.
const registerOnce = process.once.bind(process);
process.once = (event, listener) => (event === 'SIGINT' ? process : registerOnce(event, listener));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

// What Azurite prints while it closes must not end it when nobody reads any more.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// Azurite saves its state without waiting for the requests that it is still at: it would confirm what it has not saved. So they end first.
const servers = [];
const listen = http.Server.prototype.listen;
http.Server.prototype.listen = function (...args) {
  servers.push(this);
  return listen.apply(this, args);
};
function drain(server) {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 10);
    server.close(() => {
      clearInterval(idle);
      resolve();
    });
  });
}

let closing = false;
function close() {
  if (closing) {
    return;
  }
  closing = true;
  // No signal is sent: Azurite's handler is called, which works on Windows also. Without a handler Azurite hasn't begun, and there is nothing to save.
  Promise.all(servers.map(drain)).then(() => process.emit('SIGTERM') || process.exit(0));
  setTimeout(() => process.exit(1), closeWithin).unref();
}
process.stdin.on('end', close).on('close', close).on('error', close).resume();

require('azurite/dist/src/azurite.js');
