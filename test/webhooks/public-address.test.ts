/** Which addresses webhooks may reach, in every way that one can be written. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPrivateHost, isPublicAddress, lookupPublic } from '../../src/webhooks/public-address.js';

const hidden = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'of no host': ['0.0.0.0', '0.1.2.3', '::'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
  'link-local, metadata services among them': ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fd00:ec2::254'],
  'of a provider’s inside': ['100.64.0.1', '100.127.255.255'],
  'multicast, broadcast and reserved': ['224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1', '192.0.0.1'],
  'for documentation and tests': ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '2001:db8::1'],
  'IPv4 in IPv6': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ],
  'of IPv6, and not assigned': ['fec0::1', '4000::1'],
};
for (const [what, addresses] of Object.entries(hidden)) {
  test(`addresses that are ${what} are not public`, () => {
    for (const address of addresses) assert.equal(isPublicAddress(address), false, address);
  });
}

test('addresses of the Internet are public', () => {
  for (const address of ['1.1.1.1', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8']) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test('numbers in any base are the address that they come to, as the host of a URL', () => {
  const hosts = [
    '2130706433',
    '0x7f000001',
    '017700000001',
    '0177.0.0.1',
    '127.1',
    '0x7f.1',
    '[::ffff:127.0.0.1]',
    '①②⑦.⓪.⓪.①',
  ];
  for (const host of [...hosts, 'localhost', 'LOCALHOST.', 'a.localhost']) {
    assert.equal(isPrivateHost(new URL(`http://${host}/`).hostname), true, host);
  }
  for (const host of ['example.com', '134744072', 'localhost.example.com']) {
    assert.equal(isPrivateHost(new URL(`http://${host}/`).hostname), false, host);
  }
});

for (const all of [true, false]) {
  test(`a name whose address is not public is not looked up for a connection (all: ${all})`, async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all }, resolve));
    assert.match(String(error), /localhost has an address that is not public: (127\.0\.0\.1|::1)/);
  });
}
