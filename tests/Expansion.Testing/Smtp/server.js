// Takes mail on a free port of this machine and tells what it got, one JSON object a line. The first line is the port.
// What it does with a recipient stands before the @: bounce, busy, full, lost; all others get their mail.
const { SMTPServer } = require('smtp-server');

const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const refuse = (code, message) => Object.assign(new Error(message), { responseCode: code });
const local = (address) => address.address.split('@')[0];

process.stderr.write = () => true; // It warns of its certificate, which is for tests.
const server = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  onAuth: (auth, session, done) =>
    auth.username === 'user' && auth.password === 'pass' ? done(null, { user: 'user' }) : done(refuse(535, 'Wrong user or password')),
  onRcptTo: (address, session, done) =>
    local(address) === 'bounce' ? done(refuse(550, '5.1.1 No such user')) : local(address) === 'busy' ? done(refuse(451, '4.3.0 Try again later')) : done(),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map((address) => address.address);
      tell({ from: session.envelope.mailFrom.address, to, raw: Buffer.concat(parts).toString('base64') });
      if (to.some((address) => address.startsWith('lost@'))) {
        server.connections.forEach((connection) => connection._socket.destroy());
      } else {
        done(to.some((address) => address.startsWith('full@')) ? refuse(552, '5.2.2 Mailbox full') : null);
      }
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => tell({ port: server.server.address().port }));
process.stdin.on('end', () => process.exit(0)).resume();
